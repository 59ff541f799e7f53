using System;
using System.Linq;
using System.Text.Json;
using AuthModule.Json;
using AuthModule.Providers;

namespace AuthModule.Operations;

/// <summary>Whether a reply is as a description says.</summary>
internal static class Conditions
{
    public static bool Fit(ReplyDocument document, Condition condition)
    {
        if (condition.Status.Count > 0 && !condition.Status.Contains(document.Reply.Status))
        {
            return false;
        }

        if (condition.Place.Paths.Count == 0)
        {
            return condition.Status.Count > 0;
        }

        if (condition.Is.Count == 0 && condition.Not.Count == 0)
        {
            return condition.Place.Paths.Any(path => document.Find(new ReplyPlaces([path])) is { } value && IsThere(value));
        }

        string? text = document.Find(condition.Place) is { } found ? JsonPath.Scalar(found) : null;
        return (condition.Is.Count == 0 || (text is not null && Contains(condition.Is, text)))
            && (condition.Not.Count == 0 || text is null || !Contains(condition.Not, text));
    }

    /// <summary>Not null, false, 0 or empty.</summary>
    public static bool IsThere(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Number => !value.TryGetDouble(out double number) || number != 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    private static bool Contains(System.Collections.Generic.IReadOnlyList<string> words, string text) =>
        words.Any(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));
}
