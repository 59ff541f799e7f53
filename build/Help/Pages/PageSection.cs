using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;

namespace AuthModule.Help.Pages;

/// <summary>A heading with what stands below it.</summary>
internal sealed class PageSection(string title, string file, int line)
{
    public string Title { get; } = title;

    public string File { get; } = file;

    public int Line { get; } = line;

    /// <summary>Up to the next heading of any level.</summary>
    public List<PageBlock> Blocks { get; } = [];

    /// <summary>The sections one level deeper.</summary>
    public List<PageSection> Sections { get; } = [];

    /// <summary>The paragraphs as plain text.</summary>
    public IReadOnlyList<string> Paragraphs => [.. Blocks.SelectMany(block => PlainText.Paragraphs(block.Block))];

    /// <summary>The tree of a page below its title; a heading that skips a level is a fault.</summary>
    public static PageSection Read(string file, List<HelpFault> faults)
    {
        IReadOnlyList<PageBlock> blocks = MarkdownFile.Read(file, faults);
        string title = blocks.Count > 0 && blocks[0].Level == 1 ? PlainText.Of((HeadingBlock)blocks[0].Block) : string.Empty;
        var page = new PageSection(title, file, 1);
        var open = new List<PageSection> { page };
        foreach (PageBlock block in blocks.Skip(title.Length == 0 ? 0 : 1))
        {
            if (block.Level is not { } level)
            {
                open[^1].Blocks.Add(block);
                continue;
            }

            var section = new PageSection(PlainText.Of((HeadingBlock)block.Block), block.File, block.Line);
            if (level < 2 || level - 1 > open.Count)
            {
                faults.Add(new HelpFault(block.File, block.Line, $"heading '{section.Title}' has {level} '#' where {open.Count + 1} or fewer, and at least 2, belong."));
                level = open.Count + 1;
            }

            open.RemoveRange(level - 1, open.Count - level + 1);
            open[^1].Sections.Add(section);
            open.Add(section);
        }

        return page;
    }
}
