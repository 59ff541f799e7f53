using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AuthModule.Completion;

/// <summary>Makes completion results of plain texts.</summary>
internal static class Candidates
{
    /// <param name="known">What can be written, and what it is.</param>
    /// <param name="typed">What the user has written so far, perhaps in quotes.</param>
    public static IEnumerable<CompletionResult> Fitting(IEnumerable<(string Text, string Tip)> known, string typed)
    {
        string start = typed.Trim('\'', '"');
        return known
            .Where(candidate => candidate.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .GroupBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First())
            .OrderBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
            .Select(candidate => new CompletionResult(Quoted(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.Tip));
    }

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/')
            ? text
            : "'" + text.Replace("'", "''") + "'";
}
