using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Commands;

namespace AuthModule.Cli.Manual;

/// <summary>The manual page authmodule(1), in the macros of man(7), from what the parser knows.</summary>
internal static class ManPage
{
    public static string Of(RootCommand root)
    {
        var page = new StringBuilder();
        string version = typeof(ManPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;
        Line(page, $".TH AUTHMODULE 1 \"\" \"authmodule {Escape(version)}\" \"AuthModule\"");
        Section(page, "NAME");
        Line(page, $"authmodule \\- {Text(root.Description).TrimEnd('.')}");
        Section(page, "SYNOPSIS");
        foreach ((string name, CliCommand command) in CommandModel.All(root))
        {
            Line(page, $"\\fBauthmodule {Escape(name)}\\fR {Escape(string.Concat(command.Arguments.Select(static argument => GroupedHelp.Usage(argument) + " ")))}[\\fIoptions\\fR]");
            Line(page, ".br");
        }

        Section(page, "DESCRIPTION");
        Line(page, Text("Secrets are never arguments: every process of a machine can read those. They come by environment, or one of them on stdin with its --...-stdin option."));
        foreach ((string name, CliCommand command) in CommandModel.All(root))
        {
            Section(page, $"authmodule {name}");
            Line(page, Text(command.Description));
            foreach (Argument argument in command.Arguments)
            {
                Entry(page, argument.HelpName ?? argument.Name, null, argument.Description);
            }

            foreach (OptionGroup group in command.Groups)
            {
                Line(page, $".SS \"{Text(group.Title)}\"");
                foreach (Option option in group.Options.Where(static option => !option.Hidden))
                {
                    Entry(page, string.Join(", ", option.Aliases.Prepend(option.Name)), option.HelpName, option.Description);
                }
            }

            if (command.Notes is { } notes)
            {
                Line(page, ".PP");
                Line(page, Text(notes));
            }

            if (command.Examples.Count > 0)
            {
                Line(page, ".SS Examples");
                Line(page, ".EX");
                foreach (string example in command.Examples)
                {
                    Line(page, Text(example));
                }

                Line(page, ".EE");
            }
        }

        Section(page, "OPTIONS OF EVERY COMMAND");
        foreach (Option option in CommandModel.Everywhere(root))
        {
            Entry(page, option.Name, option.HelpName, option.Description);
        }

        Section(page, "EXIT STATUS");
        foreach (string code in GroupedHelp.ExitCodes)
        {
            string[] parts = code.Split(' ', 2, StringSplitOptions.TrimEntries);
            Entry(page, parts[0], null, parts[1]);
        }

        return page.ToString();
    }

    private static void Section(StringBuilder page, string title) => Line(page, $".SH \"{Text(title)}\"");

    private static void Entry(StringBuilder page, string name, string? value, string? text)
    {
        Line(page, ".TP");
        Line(page, $"\\fB{Escape(name)}\\fR{(value is null ? string.Empty : $" \\fI{Escape(value)}\\fR")}");
        Line(page, Text(text));
    }

    // A line that begins with a dot or a quote would be a macro.
    private static string Text(string? text)
    {
        string escaped = Escape(text ?? string.Empty).Replace("\n", " ", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("\"", "\\(dq", StringComparison.Ordinal);

    private static void Line(StringBuilder page, string line) => page.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
