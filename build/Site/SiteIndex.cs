using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AuthModule.Site;

/// <summary>One group of the navigation: a heading of <c>docs/index.md</c> and the pages that are linked under it.</summary>
internal sealed record SiteGroup(string Title, IReadOnlyList<string> Files);

/// <summary>The order of the site is that of <c>docs/index.md</c>; nothing else lists its pages.</summary>
internal static class SiteIndex
{
    public const string File = "docs/index.md";

    public static IReadOnlyList<SiteGroup> Read(PageSource index)
    {
        var groups = new List<SiteGroup>();
        string title = string.Empty;
        var files = new List<string>();
        foreach (Block block in index.Document)
        {
            if (block is HeadingBlock { Level: 2 } heading)
            {
                Close();
                title = string.Concat((heading.Inline ?? []).Descendants<LiteralInline>().Select(part => part.Content.ToString()));
                continue;
            }

            foreach (LinkInline link in block.Descendants<LinkInline>())
            {
                if (link.Url is { } url && url.Split('#')[0] is { Length: > 0 } file && file.EndsWith(".md", System.StringComparison.Ordinal))
                {
                    files.Add(Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/docs", file))).Replace('\\', '/'));
                }
            }
        }

        Close();
        return groups;

        void Close()
        {
            if (title.Length > 0 && files.Count > 0)
            {
                groups.Add(new SiteGroup(title, [.. files.Distinct()]));
            }

            files.Clear();
        }
    }
}
