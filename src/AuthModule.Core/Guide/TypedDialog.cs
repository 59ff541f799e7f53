using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Guide;

/// <summary>A person who types each answer on a line: choices are numbers, and yes or no is a word.</summary>
internal abstract class TypedDialog : IGuideDialog
{
    /// <inheritdoc/>
    public string Ask(string question, string? suggestion = null)
    {
        string answer = ReadLine($"{question}{(suggestion is null ? string.Empty : $" [{suggestion}]")}: ").Trim();
        return answer.Length > 0 ? answer : suggestion ?? string.Empty;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public abstract void Tell(string line);

    /// <inheritdoc/>
    public abstract T Wait<T>(Func<CancellationToken, Task<T>> work);

    /// <summary>The line that was typed behind a prompt; an error, not a null, where there will be no more: asking on would never end.</summary>
    protected abstract string ReadLine(string prompt);
}
