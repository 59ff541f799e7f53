using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AuthModule.Json;

/// <summary>
/// Changes one member of a JSON text and leaves every other byte as it is: comments, order, layout, and fields that this version does not
/// know. The text has been read before, so that it is JSON.
/// </summary>
internal static class JsonTextEdit
{
    private const int Step = 2;

    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Sets a member, which is made where it is missing, at the end of its object.</summary>
    /// <param name="utf8">The text, without a byte order mark.</param>
    /// <param name="path">The names of the objects down to it, which exist, and its own.</param>
    /// <param name="json">The value, its further lines indented from nought.</param>
    public static byte[] Set(byte[] utf8, IReadOnlyList<string> path, string json)
    {
        Body body = Find(utf8, path);
        string name = path[path.Count - 1];
        if (body.Members.FirstOrDefault(member => member.Name == name) is { } known)
        {
            return Splice(utf8, known.ValueStart, known.ValueEnd, Indented(json, IndentAt(utf8, known.NameStart)));
        }

        string written = $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\": ";
        if (body.Members.Count == 0)
        {
            int outer = IndentAt(utf8, body.Start);
            string lead = "\n" + new string(' ', outer + Step);
            return Splice(utf8, body.Start + 1, body.End - 1, $"{lead}{written}{Indented(json, outer + Step)}\n{new string(' ', outer)}");
        }

        Member last = body.Members[body.Members.Count - 1];
        bool isOneLine = !Text(utf8, body.Start, last.NameStart).Contains('\n');
        int indent = IndentAt(utf8, last.NameStart);
        return Splice(utf8, last.ValueEnd, last.ValueEnd, (isOneLine ? ", " : ",\n" + new string(' ', indent)) + written + Indented(json, indent));
    }

    /// <summary>Takes a member away; nothing happens where there is none.</summary>
    public static byte[] Remove(byte[] utf8, IReadOnlyList<string> path)
    {
        Body body = Find(utf8, path);
        int index = body.Members.FindIndex(member => member.Name == path[path.Count - 1]);
        if (index < 0)
        {
            return utf8;
        }

        Member gone = body.Members[index];
        if (index + 1 < body.Members.Count)
        {
            return Splice(utf8, gone.NameStart, body.Members[index + 1].NameStart, string.Empty);
        }

        // The last one: with the comma before it, or with one too many behind it.
        return index > 0
            ? Splice(utf8, body.Members[index - 1].ValueEnd, gone.ValueEnd, string.Empty)
            : Splice(utf8, body.Start + 1, body.End - 1, string.Empty);
    }

    private static Body Find(byte[] utf8, IReadOnlyList<string> path)
    {
        var reader = new Utf8JsonReader(utf8, Lenient);
        reader.Read();
        for (int depth = 0; depth < path.Count - 1; depth++)
        {
            while (true)
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    throw new ArgumentException($"There is no object {path[depth]}.", nameof(path));
                }

                bool isMeant = reader.ValueTextEquals(path[depth]);
                reader.Read();
                if (isMeant)
                {
                    break;
                }

                reader.Skip();
            }
        }

        return ReadBody(ref reader);
    }

    private static Body ReadBody(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        var members = new List<Member>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int nameStart = (int)reader.TokenStartIndex;
            reader.Read();
            int valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(new Member(name, nameStart, valueStart, (int)reader.BytesConsumed));
        }

        return new Body(start, (int)reader.BytesConsumed, members);
    }

    // How far the line that a byte is on is indented.
    private static int IndentAt(byte[] utf8, int position)
    {
        int line = position;
        while (line > 0 && utf8[line - 1] != (byte)'\n')
        {
            line--;
        }

        int indent = 0;
        while (line + indent < utf8.Length && utf8[line + indent] == (byte)' ')
        {
            indent++;
        }

        return indent;
    }

    private static string Indented(string json, int indent) => json.Replace("\r", string.Empty).Replace("\n", "\n" + new string(' ', indent));

    private static string Text(byte[] utf8, int start, int end) => Encoding.UTF8.GetString(utf8, start, end - start);

    private static byte[] Splice(byte[] utf8, int start, int end, string text)
    {
        bool hasCarriageReturns = utf8.AsSpan().IndexOf("\r\n"u8) >= 0;
        byte[] middle = Encoding.UTF8.GetBytes(hasCarriageReturns ? text.Replace("\n", "\r\n") : text);
        byte[] result = new byte[start + middle.Length + utf8.Length - end];
        Buffer.BlockCopy(utf8, 0, result, 0, start);
        Buffer.BlockCopy(middle, 0, result, start, middle.Length);
        Buffer.BlockCopy(utf8, end, result, start + middle.Length, utf8.Length - end);
        return result;
    }

    private sealed record Member(string Name, int NameStart, int ValueStart, int ValueEnd);

    private sealed record Body(int Start, int End, List<Member> Members);
}
