using System;
using System.Collections.Generic;
using System.IO;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AuthModule.Site;

/// <summary>Links between files of the clone become links between pages; one that leads nowhere is a fault.</summary>
internal sealed class LinkRewriter(string root, IReadOnlyDictionary<string, PageSource> pages, List<SiteFault> faults)
{
    /// <param name="page">Whose links are rewritten.</param>
    /// <param name="linked">Gets the files of the clone that it links to and that are no pages.</param>
    public void Rewrite(PageSource page, List<string> linked)
    {
        foreach (LinkInline link in page.Document.Descendants<LinkInline>())
        {
            if (link.Url is { Length: > 0 } url && !Uri.TryCreate(url, UriKind.Absolute, out _))
            {
                link.Url = Target(page, url, link.Line + 1, linked);
            }
        }
    }

    private string Target(PageSource from, string url, int line, List<string> linked)
    {
        string[] parts = url.Split('#', 2);
        string anchor = parts.Length > 1 ? parts[1] : string.Empty;
        string file = parts[0].Length == 0 ? from.File : Resolve(from.File, parts[0]);
        if (pages.TryGetValue(file, out PageSource? target))
        {
            if (anchor.Length > 0 && !target.HasAnchor(anchor))
            {
                faults.Add(new SiteFault(from.File, line, $"'{url}': {target.File} has no heading with this anchor."));
            }

            return (target == from ? string.Empty : target.Page) + (anchor.Length > 0 ? "#" + anchor : string.Empty);
        }

        string path = Path.Combine(root, file);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            faults.Add(new SiteFault(from.File, line, $"'{url}' leads to nothing."));
        }

        // A source file: the packed site has none, so the link says where it is in the clone.
        linked.Add(file);
        return SourcePage.Address(file);
    }

    private static string Resolve(string from, string relative)
    {
        string joined = Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(from) ?? string.Empty, relative));
        return Path.GetRelativePath("/", joined).Replace('\\', '/');
    }
}
