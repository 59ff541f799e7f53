using System;
using System.Collections;
using System.Text.RegularExpressions;
using AuthModule.Validation;

namespace AuthModule.Jose.Tokens;

/// <summary>Compares a claim with what is required of it. Kinds are not mixed: the text "1" is not the number 1.</summary>
internal static class ClaimValue
{
    /// <param name="value">The claim's; null when it is not there.</param>
    /// <param name="wanted">A list: one of its values. A claim with several values: one of them. A regular expression: it matches. Null: no value.</param>
    public static bool Matches(object? value, object? wanted)
    {
        if (wanted is IEnumerable choices and not string)
        {
            foreach (object? choice in choices)
            {
                if (Matches(value, choice))
                {
                    return true;
                }
            }

            return false;
        }

        if (value is object?[] items && wanted is not null)
        {
            return Array.Exists(items, item => IsOne(item, wanted));
        }

        return IsOne(value, wanted);
    }

    private static bool IsOne(object? value, object? wanted) => (value, wanted) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string text, Regex pattern) => IsMatch(pattern, text),
        (string text, string other) => string.Equals(text, other, StringComparison.Ordinal),
        (string text, Guid or Uri or Enum) => string.Equals(text, wanted.ToString(), StringComparison.OrdinalIgnoreCase),
        (bool flag, bool other) => flag == other,
        _ => ExactNumber.AreEqual(value, wanted),
    };

    private static bool IsMatch(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
