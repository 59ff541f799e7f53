using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AuthModule.Help.Pages;

/// <summary>Markdown as a terminal shows it.</summary>
internal static class PlainText
{
    public static string Of(LeafBlock block) => Of(block.Inline);

    /// <summary>The lines of a code block.</summary>
    public static string Code(LeafBlock code) => code.Lines.ToString().TrimEnd().ReplaceLineEndings("\n");

    /// <summary>A paragraph each; items of a list begin with a dash, rows of a table with their first cell.</summary>
    public static IEnumerable<string> Paragraphs(Block block) => block switch
    {
        HtmlBlock => [],
        CodeBlock code => [Code(code)],
        Table table => table.OfType<TableRow>().Where(row => !row.IsHeader).Select(row => Row(table, row)),
        ListBlock list => list.OfType<ListItemBlock>().Select((item, index) => $"{(list.IsOrdered ? $"{index + 1}." : "-")} {string.Join(" ", item.SelectMany(Paragraphs))}"),
        ContainerBlock several => several.SelectMany(Paragraphs),
        LeafBlock leaf => [Of(leaf)],
        _ => [],
    };

    /// <summary>The cells of a row, headers of later columns before theirs where there are more than two.</summary>
    public static (string Term, IReadOnlyList<string> Says) Cells(Table table, TableRow row)
    {
        string[] headers = [.. table.OfType<TableRow>().First().OfType<TableCell>().Select(Cell)];
        string[] cells = [.. row.OfType<TableCell>().Select(Cell)];
        IEnumerable<string> says = cells.Select((cell, index) => cells.Length > 2 && headers[index].Length > 0 ? $"{headers[index]}: {cell}" : cell).Skip(1);
        return (cells[0], [.. says.Where((_, index) => cells[index + 1].Length > 0)]);
    }

    private static string Row(Table table, TableRow row)
    {
        (string term, IReadOnlyList<string> says) = Cells(table, row);
        return $"{term}: {string.Join("; ", says)}";
    }

    private static string Cell(TableCell cell) => string.Join(" ", cell.SelectMany(Paragraphs));

    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines ?? Enumerable.Empty<Inline>())
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                AutolinkInline address => address.Url,
                LinkInline link => Link(link),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                ContainerInline more => Of(more),
                _ => string.Empty,
            });
        }

        return text.ToString().Trim();
    }

    // An address can be opened from a terminal; the path of another page cannot.
    private static string Link(LinkInline link) =>
        link.Url is { } url && url.Contains("://", System.StringComparison.Ordinal) ? $"{Of((ContainerInline)link)} ({url})" : Of((ContainerInline)link);
}
