using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;

namespace AuthModule.Package;

/// <summary>Packs a copy of the sources that lies elsewhere: the same must come of it, byte for byte.</summary>
internal static class Reproduction
{
    public static bool Check(SourceTree sources, Packages made, bool readyToRun)
    {
        string folder = Directory.CreateTempSubdirectory("authmodule-again-").FullName;
        try
        {
            Copy(sources, folder);
            Packages again = new Packing(new SourceTree(folder), Path.Combine(folder, "out"), readyToRun).Run();
            string[] differences = [.. made.PackageFiles.Zip(again.PackageFiles).SelectMany(pair => Differences(pair.First, pair.Second))];
            Console.WriteLine(differences.Length == 0
                ? $"Packed twice, in two folders: {string.Join(" and ", made.PackageFiles.Select(Path.GetFileName))} are the same, byte for byte."
                : "Packed twice, and these differ:" + string.Concat(differences.Select(name => Environment.NewLine + "  " + name)));
            return differences.Length == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // With its history, as the version of the build holds the commit; uncommitted changes and new files come along.
    private static void Copy(SourceTree sources, string folder)
    {
        string listed = Command.Git(sources.Root, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
            ?? throw new PackingException("--verify needs git and a clone: it copies the files that git knows.");
        if (Command.Git(sources.Root, "clone", "--quiet", "--no-checkout", "--no-hardlinks", sources.Root, folder) is null)
        {
            throw new PackingException($"git could not clone {sources.Root}.");
        }

        IEnumerable<string> files = listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(sources.PathOf(file)));
        foreach (string file in files)
        {
            string target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(sources.PathOf(file), target);
        }
    }

    private static IEnumerable<string> Differences(string first, string second)
    {
        if (Checksums.Of(first) == Checksums.Of(second))
        {
            return [];
        }

        Dictionary<string, string> one = Contents(first);
        Dictionary<string, string> other = Contents(second);
        string[] names = [.. one.Keys.Union(other.Keys).Where(name => one.GetValueOrDefault(name) != other.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? names.Select(name => $"{Path.GetFileName(first)}: {name}") : [$"{Path.GetFileName(first)}: the archive around its files"];
    }

    private static Dictionary<string, string> Contents(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream data = entry.Open();
            contents[entry.FullName] = Convert.ToHexStringLower(SHA256.HashData(data));
        }

        return contents;
    }
}
