using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AuthModule.Cli.Commands;

namespace AuthModule.Cli.Manual;

/// <summary>The commands as the parser knows them, for what is generated from them.</summary>
internal static class CommandModel
{
    /// <summary>Every command that can be run, by its words: "get", "dsc set".</summary>
    public static IEnumerable<(string Name, CliCommand Command)> All(RootCommand root) => Below(root, string.Empty);

    /// <summary>The groups of a command; those of every command are apart (<see cref="Everywhere"/>).</summary>
    public static IEnumerable<Option> OptionsOf(CliCommand command) => command.Groups.SelectMany(static group => group.Options).Where(static option => !option.Hidden);

    /// <summary>What every command takes.</summary>
    public static IEnumerable<Option> Everywhere(RootCommand root) => root.Options.Where(static option => option.Recursive && !option.Hidden).Append(Help(root));

    /// <summary>The words that a choice takes; empty for an option of another kind.</summary>
    public static IReadOnlyList<string> WordsOf(Option option) => option.HelpName is { } help && help.Contains('|') && help.All(static c => char.IsAsciiLetterLower(c) || c is '|' or '-') ? help.Split('|') : [];

    /// <summary>Whether an option takes a value.</summary>
    public static bool TakesValue(Option option) => option.HelpName is not null;

    private static Option Help(RootCommand root) => root.Options.OfType<System.CommandLine.Help.HelpOption>().Single();

    private static IEnumerable<(string Name, CliCommand Command)> Below(Command command, string before) => command.Subcommands.SelectMany(child => child is CliCommand own
        ? [($"{before}{child.Name}", own), .. Below(child, $"{before}{child.Name} ")]
        : Below(child, $"{before}{child.Name} "));
}
