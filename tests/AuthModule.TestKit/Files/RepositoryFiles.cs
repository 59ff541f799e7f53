using System;
using System.IO;
using System.Linq;

namespace AuthModule.TestKit.Files;

/// <summary>Files of the clone that tests hold against the code: documentation, examples, the schema.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static string Read(string name) => File.ReadAllText(PathOf(name));

    public static string[] In(string folder, string pattern)
    {
        string[] files = Directory.GetFiles(PathOf(folder), pattern);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>The C# files below a folder, without what builds leave there.</summary>
    public static string[] Sources(string folder)
    {
        char slash = Path.DirectorySeparatorChar;
        string[] files = [.. Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{slash}obj{slash}", StringComparison.Ordinal) && !file.Contains($"{slash}bin{slash}", StringComparison.Ordinal))];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuthModule.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds AuthModule.sln.");
    }
}
