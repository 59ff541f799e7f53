using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Output;

/// <summary>Rows under a heading, for people. Where they are wider than the terminal the widest column gives way.</summary>
internal sealed class TextTable(CliContext context, params string[] headings)
{
    private const int Gap = 2;
    private const int LeastWidth = 8;

    private readonly List<(string[] Cells, int? StateColumn)> rows = [];

    /// <param name="stateColumn">The cell that is coloured by what it says; null for none.</param>
    /// <param name="cells">One per heading; null is empty.</param>
    public void Add(int? stateColumn, params string?[] cells) => rows.Add(([.. cells.Select(static cell => Cells.Plain(cell))], stateColumn));

    public void Write()
    {
        var paint = new Paint(context);
        int[] widths = Widths();
        context.Output.WriteLine(paint.Dim(Line(headings, widths, static (_, cell) => cell)));
        foreach ((string[] cells, int? stateColumn) in rows)
        {
            context.Output.WriteLine(Line(cells, widths, (column, cell) => column == stateColumn ? paint.State(cells[column], cell) : cell));
        }
    }

    private int[] Widths()
    {
        int[] widths = [.. headings.Select((heading, column) => rows.Select(row => row.Cells[column].Length).Append(heading.Length).Max())];
        int over = widths.Sum() + (Gap * (widths.Length - 1)) - context.Width;
        while (over > 0)
        {
            int widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= LeastWidth)
            {
                break;
            }

            widths[widest]--;
            over--;
        }

        return widths;
    }

    private string Line(string[] cells, int[] widths, Func<int, string, string> paint)
    {
        IEnumerable<string> parts = cells.Select((cell, column) =>
        {
            string cut = cell.Length <= widths[column] ? cell : context.IsOutputUnicode ? cell[..(widths[column] - 1)] + "…" : cell[..(widths[column] - 2)] + "..";
            return paint(column, cut) + (column == cells.Length - 1 ? string.Empty : new string(' ', widths[column] - cut.Length));
        });
        return string.Join(new string(' ', Gap), parts).TrimEnd();
    }
}
