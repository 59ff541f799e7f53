using System;
using System.Collections.Generic;
using System.Text.Json;

namespace AuthModule.Json;

internal enum LocatedKind
{
    Null,
    Text,
    Number,
    Flag,
    List,
    Object,
}

/// <summary>A JSON value that knows where in its file it stands, so that an error can name the line and the field.</summary>
internal sealed class LocatedJson
{
    private const int DeepestNesting = 32;

    private LocatedJson(LocatedKind kind, int line, string path)
    {
        Kind = kind;
        Line = line;
        Path = path;
    }

    public LocatedKind Kind { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>As in <c>grants.password.fields</c>; empty for the whole file.</summary>
    public string Path { get; }

    public string Text { get; private init; } = string.Empty;

    public double Number { get; private init; }

    public bool Flag { get; private init; }

    public IReadOnlyList<LocatedJson> Items { get; private init; } = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Members { get; private init; } = [];

    /// <param name="utf8">The file's bytes.</param>
    /// <param name="twins">Takes names that an object has twice, of which the first counts; null makes the first of them the end.</param>
    /// <exception cref="LocatedJsonException">Not JSON, or a name twice in one object.</exception>
    public static LocatedJson Parse(byte[] utf8, ICollection<LocatedJsonException>? twins = null)
    {
        ReadOnlySpan<byte> bytes = utf8.AsSpan();
        if (bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            bytes = bytes.Slice(3);
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = DeepestNesting,
        });
        var lines = new LineCounter { Twins = twins };
        try
        {
            reader.Read();
            LocatedJson root = ReadValue(ref reader, bytes, lines, string.Empty);
            reader.Read();
            return root;
        }
        catch (JsonException fault)
        {
            throw new LocatedJsonException((int)(fault.LineNumber ?? 0) + 1, string.Empty, "is not JSON");
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            throw new LocatedJsonException(lines.LineAt(bytes, reader.TokenStartIndex), string.Empty, "holds text that is not Unicode, or a number that is too large");
        }
    }

    private static LocatedJson ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, LineCounter lines, string path)
    {
        int line = lines.LineAt(bytes, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new LocatedJson(LocatedKind.Object, line, path) { Members = ReadMembers(ref reader, bytes, lines, path) };
            case JsonTokenType.StartArray:
                return new LocatedJson(LocatedKind.List, line, path) { Items = ReadItems(ref reader, bytes, lines, path) };
            case JsonTokenType.String:
                return new LocatedJson(LocatedKind.Text, line, path) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new LocatedJson(LocatedKind.Number, line, path) { Number = reader.GetDouble() };
            case JsonTokenType.True or JsonTokenType.False:
                return new LocatedJson(LocatedKind.Flag, line, path) { Flag = reader.TokenType == JsonTokenType.True };
            default:
                return new LocatedJson(LocatedKind.Null, line, path);
        }
    }

    private static List<KeyValuePair<string, LocatedJson>> ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, LineCounter lines, string path)
    {
        var members = new List<KeyValuePair<string, LocatedJson>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            string memberPath = path.Length == 0 ? name : $"{path}.{name}";
            bool isTwin = !seen.Add(name);
            if (isTwin)
            {
                var fault = new LocatedJsonException(lines.LineAt(bytes, reader.TokenStartIndex), memberPath, "is there twice");
                (lines.Twins ?? throw fault).Add(fault);
            }

            reader.Read();
            LocatedJson value = ReadValue(ref reader, bytes, lines, memberPath);
            if (!isTwin)
            {
                members.Add(new KeyValuePair<string, LocatedJson>(name, value));
            }
        }

        return members;
    }

    private static List<LocatedJson> ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, LineCounter lines, string path)
    {
        var items = new List<LocatedJson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, bytes, lines, $"{path}[{items.Count}]"));
        }

        return items;
    }

    /// <summary>Counts lines on from where it last was: positions only grow.</summary>
    private sealed class LineCounter
    {
        private long position;
        private int line = 1;

        /// <summary>As in <see cref="Parse"/>.</summary>
        public ICollection<LocatedJsonException>? Twins { get; init; }

        public int LineAt(ReadOnlySpan<byte> bytes, long index)
        {
            for (; position < index; position++)
            {
                if (bytes[(int)position] == (byte)'\n')
                {
                    line++;
                }
            }

            return line;
        }
    }
}

/// <summary>What is wrong in a JSON file, and where.</summary>
internal sealed class LocatedJsonException(int line, string path, string fault)
    : Exception(path.Length == 0 ? $"line {line}: {fault}" : $"line {line}, field {path}: {fault}")
{
    public int Line { get; } = line;

    public string Path { get; } = path;
}
