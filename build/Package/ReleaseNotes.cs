using System;
using System.IO;
using System.Linq;

namespace AuthModule.Package;

/// <summary>What CHANGELOG.md says of the version; before it is out, what it says under Unreleased.</summary>
internal static class ReleaseNotes
{
    public static string Of(SourceTree sources) => Of(File.ReadAllText(sources.PathOf("CHANGELOG.md")), sources.Version);

    public static string Of(string changelog, string version)
    {
        string[] lines = changelog.ReplaceLineEndings("\n").Split('\n');
        int start = Array.FindIndex(lines, line => line.StartsWith($"## [{version}]", StringComparison.Ordinal));
        start = start >= 0 ? start : Array.FindIndex(lines, line => line.StartsWith("## [Unreleased]", StringComparison.Ordinal));
        if (start < 0)
        {
            throw new PackingException($"CHANGELOG.md has neither a section [{version}] nor [Unreleased].");
        }

        return string.Join('\n', lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))).Trim();
    }
}
