using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace AuthModule.Json;

/// <summary>Finds parts of a reply by names joined by dots. Names may hold colons; a list's first object is looked into.</summary>
internal static class JsonPath
{
    /// <summary>The value of the first path that is there and not null; null when none is.</summary>
    public static JsonElement? Find(JsonElement root, IReadOnlyList<string> paths)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            if (Find(root, paths[i]) is { ValueKind: not JsonValueKind.Null } value)
            {
                return value;
            }
        }

        return null;
    }

    public static JsonElement? Find(JsonElement root, string path)
    {
        if (path.IndexOf('.') < 0)
        {
            return Step(root, path);
        }

        JsonElement? at = root;
        foreach (string name in path.Split('.'))
        {
            at = at is { } reached ? Step(reached, name) : null;
        }

        return at;
    }

    private static JsonElement? Step(JsonElement from, string name)
    {
        if (from.ValueKind == JsonValueKind.Array && from.GetArrayLength() > 0)
        {
            from = from[0];
        }

        return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement found) ? found : null;
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
