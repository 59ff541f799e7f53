using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Text;

namespace AuthModule.ServiceChecks;

/// <summary>How lists of a service appear in a report: whole values, since one of them is what the reader needs, and not too many.</summary>
internal static class Listed
{
    private const int MaxItems = 20;

    // Beyond these nobody has mistyped a scope, and a hostile list is not to keep us busy.
    private const int MaxCompared = 2000;
    private const int LongestCompared = 100;

    public static string Of(IReadOnlyList<string> items)
    {
        string shown = string.Join(", ", items.Take(MaxItems).Select(DisplayText.Text));
        return items.Count <= MaxItems ? shown : string.Format(CultureInfo.InvariantCulture, "{0}, ... and {1} more", shown, items.Count - MaxItems);
    }

    /// <summary>The same items; those first that are written most like one of the wanted.</summary>
    public static IReadOnlyList<string> ClosestFirst(IReadOnlyList<string> items, IReadOnlyList<string> wanted)
    {
        string[] few = [.. wanted.Take(MaxItems)];
        return few.Length == 0 ? items : [.. items.Take(MaxCompared).OrderBy(item => few.Min(one => Distance(item, one))), .. items.Skip(MaxCompared)];
    }

    // Edits of single characters (Levenshtein), upper and lower case being the same.
    private static int Distance(string one, string other)
    {
        if (one.Length > LongestCompared || other.Length > LongestCompared)
        {
            return int.MaxValue;
        }

        int[] above = [.. Enumerable.Range(0, other.Length + 1)];
        int[] row = new int[other.Length + 1];
        for (int i = 0; i < one.Length; i++)
        {
            row[0] = i + 1;
            for (int j = 0; j < other.Length; j++)
            {
                int change = above[j] + (char.ToUpperInvariant(one[i]) == char.ToUpperInvariant(other[j]) ? 0 : 1);
                row[j + 1] = Math.Min(change, Math.Min(above[j + 1], row[j]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[other.Length];
    }
}
