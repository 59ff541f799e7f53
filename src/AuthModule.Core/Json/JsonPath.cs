using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using AuthModule.Operations;
using AuthModule.Providers;

namespace AuthModule.Json;

/// <summary>Finds parts of a reply's body. Where a list is in the way its first item is looked into.</summary>
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

    /// <summary>By plain names joined by dots.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        if (path.IndexOf('.') < 0)
        {
            return Member(root, path, ignoreCase: false);
        }

        JsonElement? at = root;
        foreach (string name in path.Split('.'))
        {
            at = at is { } reached ? Member(reached, name, ignoreCase: false) : null;
        }

        return at;
    }

    /// <summary>By a description's path, whose members are looked for in the body.</summary>
    public static JsonElement? Find(JsonElement root, ReplyPath path, bool ignoreCase)
    {
        JsonElement? at = root;
        foreach (ReplyStep step in path.Steps)
        {
            at = at is not { } reached ? null
                : step.Index is { } index ? Item(reached, index)
                : step.Value is { } wanted ? Item(reached, step.Name, wanted)
                : Member(reached, step.Name, ignoreCase);
        }

        return at;
    }

    private static JsonElement? Member(JsonElement from, string name, bool ignoreCase)
    {
        if (from.ValueKind == JsonValueKind.Array && from.GetArrayLength() > 0)
        {
            from = from[0];
        }

        if (from.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (from.TryGetProperty(name, out JsonElement found))
        {
            return found;
        }

        if (ignoreCase)
        {
            foreach (JsonProperty member in from.EnumerateObject())
            {
                if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value;
                }
            }
        }

        return null;
    }

    private static JsonElement? Item(JsonElement list, int index) =>
        list.ValueKind == JsonValueKind.Array && index < list.GetArrayLength() ? list[index] : null;

    // An object stands for a list of one, as a list stands for its first item.
    private static JsonElement? Item(JsonElement list, string name, string wanted)
    {
        if (list.ValueKind == JsonValueKind.Object)
        {
            return list.TryGetProperty(name, out JsonElement own) && Scalar(own) == wanted ? list : null;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && Scalar(value) == wanted)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>What is compared with a description's words; null for what is no text, number, true or false.</summary>
    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => XmlReply.TextOf(value),
    };

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
                return XmlReply.TextOf(value);
        }
    }
}
