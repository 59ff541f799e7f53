using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Architecture.Tests.Floors;

/// <summary>Folders that use each other, on whatever way.</summary>
internal static class Circles
{
    /// <summary>The folders that can be reached from themselves.</summary>
    public static IReadOnlyCollection<string> Of(IEnumerable<Arrow> arrows)
    {
        ILookup<string, string> next = arrows.Where(arrow => arrow.FromFolder != arrow.ToFolder).Select(arrow => (arrow.FromFolder, arrow.ToFolder)).Distinct()
            .ToLookup(pair => pair.FromFolder, pair => pair.ToFolder, StringComparer.Ordinal);
        return [.. next.Select(group => group.Key).Where(folder => Reaches(folder, folder, next)).Order(StringComparer.Ordinal)];
    }

    private static bool Reaches(string from, string target, ILookup<string, string> next)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(next[from]);
        while (open.TryPop(out string? folder))
        {
            if (folder == target)
            {
                return true;
            }

            if (seen.Add(folder))
            {
                foreach (string each in next[folder])
                {
                    open.Push(each);
                }
            }
        }

        return false;
    }
}
