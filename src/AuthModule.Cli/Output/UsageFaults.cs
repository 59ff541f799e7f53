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
        RefuseOptionsAsArguments(parsed);
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

        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0)
        {
            ParseError? argument = parsed.Errors.FirstOrDefault(static error => error.SymbolResult is ArgumentResult or CommandResult { Command.Arguments.Count: > 0 });
            return new UsageException(parsed.UnmatchedTokens.Count == 0 && argument is not null && command.Arguments.FirstOrDefault() is { } wanted
                ? $"{wanted.HelpName ?? wanted.Name} is missing: {wanted.Description}"
                : "There is an argument that belongs to no option.");
        }

        string typed = parsed.UnmatchedTokens.FirstOrDefault() ?? string.Empty;
        string near = CommandName().IsMatch(typed) && Nearest.To(typed, command.Subcommands.Select(static known => known.Name)) is { } meant
            ? $"There is no command '{typed}'. Did you mean {meant}? "
            : string.Empty;
        return new UsageException($"{near}Name a command: {string.Join(", ", command.Subcommands.Select(static known => known.Name))}.");
    }

    /// <summary>An option that there is not can look like the value of an argument.</summary>
    /// <exception cref="UsageException">It does.</exception>
    public static void RefuseOptionsAsArguments(ParseResult parsed)
    {
        foreach (Argument argument in parsed.CommandResult.Command.Arguments)
        {
            if (parsed.GetResult(argument)?.Tokens.FirstOrDefault(static token => token.Value.StartsWith('-'))?.Value is { } unknown)
            {
                Match option = OptionName().Match(unknown);
                throw new UsageException(option.Success
                    ? $"There is no option {option.Groups[1].Value}.{Suggestion(option.Groups[1].Value, parsed)}"
                    : "There is an argument that belongs to no option.");
            }
        }
    }

    private static string Suggestion(string typed, ParseResult parsed) => Nearest.Question(
        typed,
        parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options.Where(static option => option.Recursive))
            .Where(static option => !option.Hidden)
            .SelectMany(static option => option.Aliases.Append(option.Name)));

    // A word that could be a mistyped command, and hardly a secret.
    [GeneratedRegex("^[a-z]{2,12}$")]
    private static partial Regex CommandName();

    // Letters and dashes only: anything else might be the start of a value.
    [GeneratedRegex("^(--[a-z][a-z-]+)(=|:|$)")]
    private static partial Regex OptionName();
}
