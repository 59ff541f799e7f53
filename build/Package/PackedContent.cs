using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AuthModule.Package;

/// <summary>
/// What the package holds besides the module itself: its page, the site's pages, examples, the schemas for editors, the DSC resource and the
/// vault extension. What refers to the sources refers to the installed copy here.
/// </summary>
internal sealed partial class PackedContent(SourceTree sources, string folder)
{
    private static readonly (string From, string To)[] Folders =
    [
        ("examples", "examples"),
        ("integrations/dsc/AuthModuleDsc", "AuthModuleDsc"),
        ("integrations/vault/AuthModule.Vault", "AuthModule.Vault"),
    ];

    private static readonly (string From, string To)[] Files =
    [
        ("CHANGELOG.md", "CHANGELOG.md"),
        ("src/AuthModule.Core/Providers/provider.schema.json", "schemas/provider.schema.json"),
        ("src/AuthModule.Core/Profiles/profile.schema.json", "schemas/profile.schema.json"),
    ];

    /// <param name="makeSite">Writes the pages of docs into a folder.</param>
    public void Add(Action<string> makeSite)
    {
        makeSite(Path.Combine(folder, "docs"));
        foreach ((string from, string to) in Folders)
        {
            foreach (string file in Directory.EnumerateFiles(sources.PathOf(from), "*", SearchOption.AllDirectories).Where(IsSource))
            {
                Copy(file, Path.Combine(folder, to, Path.GetRelativePath(sources.PathOf(from), file)));
            }
        }

        foreach ((string from, string to) in Files)
        {
            Copy(sources.PathOf(from), Path.Combine(folder, to));
        }

        WritePage("README.md");
        WritePage("examples/README.md");
        foreach (string description in Directory.EnumerateFiles(Path.Combine(folder, "examples", "providers"), "*.json"))
        {
            File.WriteAllText(description, SchemaOfSources().Replace(File.ReadAllText(description), "../../schemas/provider.schema.json"));
        }
    }

    // Made by a run of an example, or by the system.
    private static bool IsSource(string file) =>
        !file.Split(Path.DirectorySeparatorChar, '/').Any(static part => part is "bin" or "obj" or ".DS_Store");

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }

    // A page of docs is HTML here; what is not in the package is no link.
    private void WritePage(string page)
    {
        string target = Path.Combine(folder, page);
        string text = Link().Replace(File.ReadAllText(sources.PathOf(page)), link =>
        {
            string address = link.Groups["address"].Value;
            if (address.Contains("://", StringComparison.Ordinal) || address.StartsWith('#'))
            {
                return link.Value;
            }

            string[] parts = address.Split('#', 2);
            string html = SitePage().Replace(parts[0], static found => $"docs/{found.Groups["name"].Value}.html");
            string found = new[] { html, parts[0] }.FirstOrDefault(path => path.Length > 0 && Exists(Path.Combine(Path.GetDirectoryName(target)!, path))) ?? string.Empty;
            return found.Length == 0 ? link.Groups["text"].Value : $"[{link.Groups["text"].Value}]({found}{(parts.Length > 1 ? "#" + parts[1] : string.Empty)})";
        });
        File.WriteAllText(target, text);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<address>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"docs/(en-US/)?(?<name>[\w-]+)\.md$")]
    private static partial Regex SitePage();

    [GeneratedRegex("(\\.\\./)+src/AuthModule\\.Core/Providers/provider\\.schema\\.json")]
    private static partial Regex SchemaOfSources();
}
