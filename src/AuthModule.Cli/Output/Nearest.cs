using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Cli.Output;

/// <summary>The known word that a typed one is most like.</summary>
internal static class Nearest
{
    /// <summary>Null where none is near.</summary>
    public static string? To(string typed, IEnumerable<string> known)
    {
        (string? name, int distance) = known
            .Select(name => (Name: (string?)name, Distance: Distance(typed, name)))
            .OrderBy(static candidate => candidate.Distance)
            .FirstOrDefault();
        return name is not null && distance <= Math.Max(typed.Length < 4 ? 1 : 2, typed.Length / 4) ? name : null;
    }

    /// <summary>" Did you mean X?", or nothing.</summary>
    public static string Question(string typed, IEnumerable<string> known) => To(typed, known) is { } name ? $" Did you mean {name}?" : string.Empty;

    /// <summary>How many letters to add, remove or change.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
