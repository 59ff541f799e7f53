using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Output;

/// <summary>Says what is wrong with a command line, without repeating values: one of them could be a secret at a wrong place.</summary>
internal static partial class UsageFaults
{
    public static UsageException Of(ParseResult parsed)
    {
        foreach (ParseError error in parsed.Errors)
        {
            // What options say of themselves quotes no value: ours do not, and the library only counts them.
            if (error.SymbolResult is OptionResult or ArgumentResult { Parent: OptionResult })
            {
                return new UsageException(error.Message);
            }
        }

        if (parsed.UnmatchedTokens.FirstOrDefault(static token => OptionName().IsMatch(token)) is { } unknown)
        {
            string name = OptionName().Match(unknown).Groups[1].Value;
            return new UsageException($"There is no option {name}.{Suggestion(name, parsed)}");
        }

        bool isWhole = parsed.CommandResult.Command.Subcommands.Count == 0;
        return new UsageException(isWhole
            ? "There is an argument that belongs to no option."
            : $"Name a command: {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(static command => command.Name))}.");
    }

    private static string Suggestion(string typed, ParseResult parsed)
    {
        IEnumerable<Option> options = parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(static option => option.Recursive));
        var nearest = options
            .SelectMany(static option => option.Aliases.Append(option.Name))
            .Select(name => (Name: name, Distance: Distance(typed, name)))
            .OrderBy(static candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, typed.Length / 4) ? $" Did you mean {nearest.Name}?" : string.Empty;
    }

    /// <summary>How many letters to add, remove or change.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }

    // Letters and dashes only: anything else might be the start of a value.
    [GeneratedRegex("^(--[a-z][a-z-]+)(=|:|$)")]
    private static partial Regex OptionName();
}
