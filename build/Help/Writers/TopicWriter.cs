using System.Collections.Generic;
using System.Linq;
using System.Text;
using AuthModule.Help.Pages;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace AuthModule.Help.Writers;

/// <summary>Writes an about topic as text of at most 80 columns; code is left as it is.</summary>
internal static class TopicWriter
{
    private const int Width = 80;

    public static string Write(PageSection page)
    {
        var text = new StringBuilder();
        Lines(text, 0, "TOPIC");
        Lines(text, 4, page.Title);
        foreach (PageSection section in page.Sections)
        {
            Section(text, section, 0);
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, PageSection section, int depth)
    {
        text.Append('\n');
        int indent = depth * 4;
        Lines(text, indent, section.Title);
        if (depth > 0)
        {
            Lines(text, indent, new string('-', section.Title.Length));
        }

        int body = depth == 0 ? 4 : indent;
        for (int i = 0; i < section.Blocks.Count; i++)
        {
            if (i > 0)
            {
                text.Append('\n');
            }

            Block(text, body, section.Blocks[i].Block);
        }

        foreach (PageSection part in section.Sections)
        {
            Section(text, part, depth == 0 ? 1 : depth);
        }
    }

    private static void Block(StringBuilder text, int indent, Block block)
    {
        switch (block)
        {
            case CodeBlock code:
                foreach (string line in PlainText.Code(code).Split('\n'))
                {
                    text.Append(line.Length == 0 ? string.Empty : new string(' ', indent + 4) + line).Append('\n');
                }

                break;
            case Table table:
                foreach (TableRow row in table.OfType<TableRow>().Where(row => !row.IsHeader))
                {
                    (string term, IReadOnlyList<string> says) = PlainText.Cells(table, row);
                    Lines(text, indent, term);
                    foreach (string said in says)
                    {
                        Lines(text, indent + 4, said);
                    }
                }

                break;
            case ListBlock:
                foreach (string item in PlainText.Paragraphs(block))
                {
                    Lines(text, indent, item, hanging: 2);
                }

                break;
            default:
                foreach (string paragraph in PlainText.Paragraphs(block))
                {
                    Lines(text, indent, paragraph);
                }

                break;
        }
    }

    private static void Lines(StringBuilder text, int indent, string paragraph, int hanging = 0)
    {
        var line = new StringBuilder().Append(' ', indent);
        int start = indent;
        foreach (string word in paragraph.Split(' '))
        {
            if (line.Length > start && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', start = indent + hanging);
            }

            line.Append(line.Length > start ? " " : string.Empty).Append(word);
        }

        text.Append(line).Append('\n');
    }
}
