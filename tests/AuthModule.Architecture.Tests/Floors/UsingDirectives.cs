using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.TestKit.Files;

namespace AuthModule.Architecture.Tests.Floors;

/// <summary>What the using directives of a project's files name of the project itself, folder by folder.</summary>
internal static partial class UsingDirectives
{
    public static IEnumerable<Arrow> Of(string project)
    {
        string root = RepositoryFiles.PathOf(project);
        string[] folders = [.. Directory.GetDirectories(root).Select(Path.GetFileName).OfType<string>()];
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string from = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (Arrow.FolderOf(from) is "obj" or "bin")
            {
                continue;
            }

            foreach (Match match in Directive().Matches(File.ReadAllText(file)))
            {
                string folder = match.Groups[1].Value;
                if (folder != Arrow.FolderOf(from) && folders.Contains(folder))
                {
                    yield return new Arrow(from, folder + "/");
                }
            }
        }
    }

    [GeneratedRegex(@"^using (?:static )?AuthModule\.(?:Cli\.|TestServer\.)?(\w+)", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
