using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace AuthModule.Wire;

/// <summary>Finds parts of a reply by names joined by dots. Names may hold colons; a list's first object is looked into.</summary>
internal static class JsonPath
{
    /// <summary>The value of the first path that is there and not null; null when none is.</summary>
    public static JsonElement? Find(JsonElement root, IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            if (Find(root, path) is { ValueKind: not JsonValueKind.Null } value)
            {
                return value;
            }
        }

        return null;
    }

    public static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement at = root;
        foreach (string name in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array && at.GetArrayLength() > 0)
            {
                at = at[0];
            }

            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>A text, a number as text, or a list of texts joined by spaces; null for anything else.</summary>
    public static string? Text(JsonElement root, IReadOnlyList<string> paths) =>
        Find(root, paths) is { } value ? Text(value) : null;

    public static string? Text(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.Array:
                var joined = new StringBuilder();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.String)
                    {
                        joined.Append(joined.Length == 0 ? string.Empty : " ").Append(item.GetString());
                    }
                }

                return joined.ToString();
            default:
                return null;
        }
    }
}
