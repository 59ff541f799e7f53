using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Guide;

namespace AuthModule.Arguments;

/// <summary>Asks the person at the host. All of it happens on the pipeline thread.</summary>
internal abstract class GuideDialog(PSCmdlet cmdlet) : IGuideDialog
{
    /// <inheritdoc/>
    public string Ask(string question, string? suggestion = null)
    {
        try
        {
            cmdlet.Host.UI.Write($"{question}{(suggestion is null ? string.Empty : $" [{suggestion}]")}: ");

            // Null is the end of the input: asking on would never end.
            string answer = (cmdlet.Host.UI.ReadLine() ?? throw Nobody(null)).Trim();
            return answer.Length > 0 ? answer : suggestion ?? string.Empty;
        }
        catch (Exception mute) when (mute is HostException or NotImplementedException or PSInvalidOperationException)
        {
            throw Nobody(mute);
        }
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
    public void Tell(string line) => cmdlet.Host.UI.WriteLine(line);

    /// <inheritdoc/>
    public abstract T Wait<T>(Func<CancellationToken, Task<T>> work);

    private static AuthException Nobody(Exception? cause) => AuthError.Create(
        AuthErrorId.InteractionRequired,
        "The guide asks questions, and this host has nobody to answer them.",
        new AuthModule.Errors.ErrorDetails { Action = "Give the values as parameters of New-AuthProfile instead of -Guided.", Cause = cause });
}
