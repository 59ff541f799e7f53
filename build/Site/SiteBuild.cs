using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Markdig;

namespace AuthModule.Site;

/// <summary>All pages. Nothing is written while there is a fault.</summary>
internal sealed class SiteBuild
{
    // What Get-Help shows as topics are pages of docs once more.
    private const string TopicPrefix = "about_";

    private static readonly string[] Assets = ["site.css", "search.js"];

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);

    private SiteBuild()
    {
    }

    public List<SiteFault> Faults { get; } = [];

    /// <summary>The names of the pages, in the order of the navigation.</summary>
    public IReadOnlyList<string> Pages { get; private set; } = [];

    /// <summary>Contents by file name.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    public static SiteBuild Run(string root)
    {
        var build = new SiteBuild();
        build.Add(root);
        return build;
    }

    public void Write(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach ((string name, string content) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    private void Add(string root)
    {
        PageSource index = PageSource.Read(root, SiteIndex.File);
        IReadOnlyList<SiteGroup> groups = SiteIndex.Read(index);
        CheckThatAllAreListed(root, groups);

        var sources = new Dictionary<string, PageSource>(StringComparer.Ordinal) { [SiteIndex.File] = index };
        foreach (string file in groups.SelectMany(group => group.Files).Where(file => !sources.ContainsKey(file)))
        {
            if (File.Exists(Path.Combine(root, file)))
            {
                sources.Add(file, PageSource.Read(root, file));
            }
            else
            {
                Faults.Add(new SiteFault(SiteIndex.File, 1, $"There is no {file}."));
            }
        }

        if (Faults.Count > 0)
        {
            return;
        }

        var rewriter = new LinkRewriter(root, sources, Faults);
        var template = new PageTemplate([.. groups.Select(group => (group.Title, (IReadOnlyList<PageSource>)[.. group.Files.Select(file => sources[file])]))]);
        var linked = new List<string>();
        foreach (PageSource page in sources.Values)
        {
            rewriter.Rewrite(page, linked);
            files.Add(page.Page, template.Render(page, Markdown.ToHtml(page.Document, PageSource.Pipeline)));
        }

        files.Add(SourcePage.Page, template.Render(SourcePage.Title, SourcePage.Page, SourcePage.Body(linked)));
        files.Add("search-index.js", SearchIndex.Write(sources.Values));
        foreach (string asset in Assets)
        {
            files.Add(asset, Resource(asset));
        }

        Pages = [.. sources.Values.Select(page => page.Page), SourcePage.Page];
    }

    // A page that nobody finds is not documentation.
    private void CheckThatAllAreListed(string root, IReadOnlyList<SiteGroup> groups)
    {
        HashSet<string> listed = [.. groups.SelectMany(group => group.Files), SiteIndex.File];
        IEnumerable<string> all = Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith(TopicPrefix, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'));
        foreach (string file in all.Where(file => !listed.Contains(file)).Order(StringComparer.Ordinal))
        {
            Faults.Add(new SiteFault(file, 1, $"{SiteIndex.File} does not link to this page."));
        }
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
