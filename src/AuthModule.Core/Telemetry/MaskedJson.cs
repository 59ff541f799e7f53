using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Secrets;

namespace AuthModule.Telemetry;

/// <summary>The names in a JSON document without its values, as debug lines show them.</summary>
internal static class MaskedJson
{
    private const int MaxNames = 60;
    private const int LongestName = 60;
    private const int MaxLevels = 4;

    /// <summary>Names joined by dots and commas: <c>result.session.ticket, result.user</c>; null where it is no JSON object or list.</summary>
    public static string? Names(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            var names = new List<string>();
            Collect(document.RootElement, string.Empty, MaxLevels, names);
            return names.Count == 0 ? null : string.Join(", ", names);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same with masks in the place of values: <c>{"grant_type":"password","password":"***"}</c>.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="isHarmless">Whether a field of this name may be shown.</param>
    public static string? Fields(ReadOnlyMemory<byte> utf8, Func<string, bool> isHarmless)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            var text = new StringBuilder();
            Write(document.RootElement, name: null, isHarmless, text);
            return text.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonElement json, string path, int levels, List<string> names)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0)
        {
            json = json[0];
        }

        if (json.ValueKind != JsonValueKind.Object || levels == 0)
        {
            if (path.Length > 0)
            {
                names.Add(path);
            }

            return;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (names.Count >= MaxNames)
            {
                return;
            }

            string name = VisibleText.Shortened(member.Name, LongestName);
            Collect(member.Value, path.Length == 0 ? name : $"{path}.{name}", levels - 1, names);
        }
    }

    private static void Write(JsonElement json, string? name, Func<string, bool> isHarmless, StringBuilder text)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                string separator = "{";
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    text.Append(separator).Append('"').Append(VisibleText.Shortened(member.Name, LongestName)).Append("\":");
                    Write(member.Value, member.Name, isHarmless, text);
                    separator = ",";
                }

                text.Append(separator == "{" ? "{}" : "}");
                break;
            case JsonValueKind.Array:
                string before = "[";
                foreach (JsonElement item in json.EnumerateArray())
                {
                    text.Append(before);
                    Write(item, name, isHarmless, text);
                    before = ",";
                }

                text.Append(before == "[" ? "[]" : "]");
                break;
            default:
                text.Append(name is not null && isHarmless(name) ? json.GetRawText() : $"\"{Secret.Mask}\"");
                break;
        }
    }
}
