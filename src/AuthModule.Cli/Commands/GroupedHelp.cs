using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>The help: options by what they are about, then examples, secrets and exit codes.</summary>
internal sealed class GroupedHelp(DiagnosticOptions diagnostics) : SynchronousCommandLineAction
{
    private const int Width = 100;
    private const int TextColumn = 38;

    public static readonly string[] ExitCodes =
    [
        "0    done",
        "1    a fault of authmodule itself",
        "2    usage or configuration",
        "3    refused by the server",
        "4    network or server failure",
        "5    a token that does not pass its test",
        "130  interrupted (Ctrl+C)",
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CliCommand command)
        {
            WriteCommand(output, command);
        }
        else
        {
            WriteRoot(output, parseResult.CommandResult.Command);
        }

        return ExitCode.Done;
    }

    public void WriteRoot(TextWriter output, Command root)
    {
        string name = root is RootCommand ? "authmodule" : $"authmodule {root.Name}";
        output.WriteLine($"{name}: {root.Description}\n\n{name} COMMAND [options]\n");
        foreach (Command command in root.Subcommands)
        {
            output.WriteLine($"  {command.Name,-10}  {command.Description}");
        }

        output.WriteLine($"\n'{name} COMMAND --help' lists a command's options, 'authmodule --version' tells the version.");
        WriteSecrets(output);
        WriteList(output, "Exit codes", ExitCodes);
    }

    private void WriteCommand(TextWriter output, CliCommand command)
    {
        string within = command.Parents.FirstOrDefault() is Command and not RootCommand ? command.Parents.First().Name + " " : string.Empty;
        output.WriteLine($"authmodule {within}{command.Name}: {command.Description}");
        foreach (Argument argument in command.Arguments)
        {
            output.WriteLine($"\nauthmodule {within}{command.Name} {Usage(argument)} [options]\n");
            WriteLabelled(output, "  " + argument.HelpName, argument.Description);
        }

        foreach (OptionGroup group in command.Groups.Append(diagnostics))
        {
            output.WriteLine($"\n{group.Title}");
            foreach (Option option in group.Options.Where(static option => !option.Hidden))
            {
                WriteOption(output, option);
            }
        }

        WriteList(output, "Examples", command.Examples);
        if (command.Groups.Any(static group => group is ServiceOptions))
        {
            WriteSecrets(output);
        }

        if (command.Notes is { } notes)
        {
            output.WriteLine();
            foreach (string line in Wrap(notes, Width))
            {
                output.WriteLine(line);
            }
        }

        WriteList(output, "Exit codes", ExitCodes);
    }

    /// <summary>As a synopsis has it.</summary>
    public static string Usage(Argument argument) => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.HelpName}]" : argument.HelpName ?? argument.Name;

    private static void WriteOption(TextWriter output, Option option) =>
        WriteLabelled(output, "  " + string.Join(", ", option.Aliases.Prepend(option.Name)) + (option.HelpName is { } value ? " " + value : string.Empty), option.Description);

    private static void WriteLabelled(TextWriter output, string label, string? description)
    {
        List<string> lines = [.. Wrap(description ?? string.Empty, Width - TextColumn)];
        if (label.Length + 2 > TextColumn)
        {
            output.WriteLine(label);
            label = string.Empty;
        }

        foreach (string line in lines)
        {
            output.WriteLine(label.PadRight(TextColumn) + line);
            label = string.Empty;
        }
    }

    private static void WriteSecrets(TextWriter output) => output.WriteLine(
        "\nSecrets are never arguments: every process of a machine can read those. They come by environment\n"
        + "(AUTHMODULE_CLIENT_SECRET, AUTHMODULE_PASSWORD, AUTHMODULE_REFRESH_TOKEN, AUTHMODULE_TOKEN), or one of\n"
        + "them on stdin with its --...-stdin option. They are printed only where a token is what was asked for.");

    private static void WriteList(TextWriter output, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            output.WriteLine($"\n{title}");
            foreach (string line in lines)
            {
                output.WriteLine("  " + line);
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = string.Empty;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = string.Empty;
            }

            line += line.Length > 0 ? " " + word : word;
        }

        yield return line;
    }
}
