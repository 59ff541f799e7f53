using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace AuthModule.Help.Pages;

/// <summary>The blocks of a page, those of the pages that it includes among them.</summary>
internal static partial class MarkdownFile
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    public static IReadOnlyList<PageBlock> Read(string file, List<HelpFault> faults)
    {
        var blocks = new List<PageBlock>();
        foreach (Block block in Markdown.Parse(File.ReadAllText(file), Pipeline))
        {
            if (block is HtmlBlock html && Include().Match(html.Lines.ToString()) is { Success: true } include)
            {
                blocks.AddRange(Included(file, block.Line + 1, include.Groups["file"].Value, include.Groups["from"].Value, faults));
            }
            else
            {
                blocks.Add(new PageBlock(file, block, 0));
            }
        }

        return blocks;
    }

    // Its title is left out, and its headings stand below the one that it is included under.
    private static List<PageBlock> Included(string file, int line, string name, string from, List<HelpFault> faults)
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, name));
        if (!File.Exists(path))
        {
            faults.Add(new HelpFault(file, line, $"'{name}' to include is not there."));
            return [];
        }

        PageBlock[] all = [.. Read(path, faults).Where(block => block.Block is not HeadingBlock { Level: 1 }).Select(block => block with { Shift = block.Shift + 1 })];
        int start = from.Length == 0 ? 0 : Array.FindIndex(all, block => block.Block is HeadingBlock heading && PlainText.Of(heading) == from);
        if (start < 0)
        {
            faults.Add(new HelpFault(file, line, $"'{name}' has no heading '{from}'."));
            return [];
        }

        return [.. all.Skip(start)];
    }

    [GeneratedRegex("""^<!-- include (?<file>\S+)( from (?<from>.+?))? -->""")]
    private static partial Regex Include();
}

/// <summary>A block and where it stands.</summary>
/// <param name="File">The page that it is written in.</param>
/// <param name="Block">What Markdig read.</param>
/// <param name="Shift">How much deeper its headings are than they are written.</param>
internal sealed record PageBlock(string File, Block Block, int Shift)
{
    public int Line => Block.Line + 1;

    /// <summary>Null for what is no heading.</summary>
    public int? Level => Block is HeadingBlock heading ? heading.Level + Shift : null;
}
