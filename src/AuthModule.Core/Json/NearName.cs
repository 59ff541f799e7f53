using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Json;

/// <summary>What a misspelt name was most likely meant to be.</summary>
internal static class NearName
{
    private const int FarthestShort = 1;
    private const int FarthestLong = 2;
    private const int LongName = 5;

    /// <summary>Null where none of the names is near.</summary>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        int farthest = typed.Length < LongName ? FarthestShort : FarthestLong;
        return names
            .Select(name => (Name: name, Distance: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant(), farthest)))
            .Where(candidate => candidate.Distance <= farthest)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>As a message says it, with a space in front; empty where none is near.</summary>
    public static string Hint(string typed, IEnumerable<string> names) => Of(typed, names) is { } near ? $" (did you mean '{near}'?)" : string.Empty;

    // Changes, and neighbours that changed places, as people mistype.
    private static int Distance(string one, string other, int farthest)
    {
        if (Math.Abs(one.Length - other.Length) > farthest)
        {
            return farthest + 1;
        }

        int[] beforeLast = new int[other.Length + 1];
        int[] last = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] row = new int[other.Length + 1];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int cost = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            beforeLast = last;
            last = row;
        }

        return last[other.Length];
    }
}
