using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Guide;

namespace AuthModule.Cli.Terminal;

/// <summary>Asks on standard error and reads from standard input, so that the output stays what a program reads.</summary>
internal sealed class TerminalDialog(CliContext context, CancellationToken cancellationToken) : IGuideDialog
{
    public string Ask(string question, string? suggestion = null)
    {
        context.Error.Write($"{question}{(suggestion is null ? string.Empty : $" [{suggestion}]")}: ");
        string answer = (context.Input.ReadLine() ?? throw new UsageException("The guide asks questions, and stdin has ended. Give the values as options instead of --guided.")).Trim();
        return answer.Length > 0 ? answer : suggestion ?? string.Empty;
    }

    public int Choose(string question, IReadOnlyList<string> choices, int suggestion = 0)
    {
        Tell(question);
        for (int index = 0; index < choices.Count; index++)
        {
            Tell($"  {index + 1}. {choices[index]}");
        }

        while (true)
        {
            string answer = Ask("Number", (suggestion + 1).ToString(CultureInfo.InvariantCulture));
            if (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= choices.Count)
            {
                return number - 1;
            }
        }
    }

    public bool Confirm(string question, bool suggestion)
    {
        while (true)
        {
            switch (Ask($"{question} (yes or no)", suggestion ? "yes" : "no").ToUpperInvariant())
            {
                case "Y" or "YES": return true;
                case "N" or "NO": return false;
            }
        }
    }

    public void Tell(string line) => context.Error.WriteLine(line);

    public T Wait<T>(Func<CancellationToken, Task<T>> work) => work(cancellationToken).GetAwaiter().GetResult();
}
