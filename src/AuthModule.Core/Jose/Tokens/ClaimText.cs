using System;
using System.Collections.Generic;

namespace AuthModule.Jose.Tokens;

/// <summary>Reads claims that are a text, several, or further inside.</summary>
internal static class ClaimText
{
    public static string? One(IReadOnlyDictionary<string, object?> claims, string name) =>
        claims.TryGetValue(name, out object? value) ? value as string : null;

    /// <summary>A text or an array of texts (RFC 7519, section 4.1.3). Null when it is not there or anything else, one foreign item included.</summary>
    public static IReadOnlyList<string>? OneOrMany(object? value)
    {
        switch (value)
        {
            case string text: return [text];
            case object?[] items:
                string[] texts = new string[items.Length];
                for (int i = 0; i < items.Length; i++)
                {
                    if (items[i] is not string item)
                    {
                        return null;
                    }

                    texts[i] = item;
                }

                return texts;
            default: return null;
        }
    }

    /// <summary>Words of a text (RFC 6749, section 3.3) or of an array of texts; empty when the claim is anything else.</summary>
    public static IReadOnlyList<string> Words(object? value) =>
        value is string text ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : OneOrMany(value) ?? [];

    /// <summary>One of <see cref="Words"/>, found without taking them apart.</summary>
    public static bool HasWord(object? value, string word)
    {
        if (value is not string text)
        {
            return OneOrMany(value) is { } items && Has(items, word);
        }

        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf(' ', start);
            end = end < 0 ? text.Length : end;
            if (end - start == word.Length && end > start && string.CompareOrdinal(text, start, word, 0, word.Length) == 0)
            {
                return true;
            }

            start = end + 1;
        }

        return false;
    }

    /// <summary>A claim by its exact name, else along the dots: <c>realm_access.roles</c>.</summary>
    public static bool TryFind(IReadOnlyDictionary<string, object?> claims, string path, out object? value)
    {
        if (claims.TryGetValue(path, out value))
        {
            return true;
        }

        int dot = path.IndexOf('.');
        while (dot > 0)
        {
            if (claims.TryGetValue(path.Substring(0, dot), out object? inner) && inner is Dictionary<string, object?> members)
            {
                return TryFind(members, path.Substring(dot + 1), out value);
            }

            dot = path.IndexOf('.', dot + 1);
        }

        value = null;
        return false;
    }

    public static bool Has(IReadOnlyList<string> items, string wanted)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (string.Equals(items[i], wanted, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
