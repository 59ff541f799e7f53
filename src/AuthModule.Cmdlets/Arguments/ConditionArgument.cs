using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using AuthModule.Validation;

namespace AuthModule.Arguments;

/// <summary>
/// Asks the user's own rule. PowerShell calls two values true whatever they are, and every text that is not empty: a rule that
/// leaks a value of a command would let everybody in. So only one value that is <c>$true</c> is a yes.
/// </summary>
internal static class ConditionArgument
{
    /// <exception cref="UnclearAnswerException">It gave no value, several, or one that is no boolean.</exception>
    public static bool Holds(ScriptBlock rule, IReadOnlyDictionary<string, object?> claims)
    {
        Collection<PSObject> answers = rule.InvokeWithContext(null, [new PSVariable("_", claims)], claims);
        if (answers.Count != 1)
        {
            string count = answers.Count == 0 ? "no value" : answers.Count.ToString(CultureInfo.InvariantCulture) + " values";
            throw new UnclearAnswerException($"gave {count}, not one $true or $false");
        }

        return answers[0]?.BaseObject switch
        {
            bool answer => answer,
            null => throw new UnclearAnswerException("gave $null, not $true or $false"),
            var other => throw new UnclearAnswerException($"gave a value of type {other.GetType().Name}, not $true or $false"),
        };
    }
}
