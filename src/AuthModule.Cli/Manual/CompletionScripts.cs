using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;
using AuthModule.Cli.Commands;

namespace AuthModule.Cli.Manual;

/// <summary>Completion for a shell, as a script that holds every word: nothing is started at a press of Tab.</summary>
internal static class CompletionScripts
{
    public static IReadOnlyDictionary<string, Func<RootCommand, string>> Shells { get; } = new Dictionary<string, Func<RootCommand, string>>
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = Pwsh,
    };

    private static string Bash(RootCommand root)
    {
        var script = new StringBuilder();
        Line(script, "# authmodule completion for bash: eval \"$(authmodule completion bash)\"");
        Line(script, "_authmodule() {");
        Line(script, "    local word=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}");
        Line(script, "    local options");
        Line(script, "    if [ \"$COMP_CWORD\" -eq 1 ]; then");
        Line(script, $"        COMPREPLY=($(compgen -W \"{string.Join(' ', root.Subcommands.Select(static command => command.Name))} --help --version\" -- \"$word\"))");
        Line(script, "        return");
        Line(script, "    fi");
        Line(script, "    case \"$command $last\" in");
        foreach ((Command top, string name, IReadOnlyList<string> words) in Choices(root))
        {
            Line(script, $"        \"{top.Name} {name}\") COMPREPLY=($(compgen -W \"{string.Join(' ', words)}\" -- \"$word\")); return ;;");
        }

        foreach ((Command top, IReadOnlyList<string> names) in PathOptions(root))
        {
            Line(script, $"        {string.Join(" | ", names.Select(name => $"\"{top.Name} {name}\""))}) COMPREPLY=($(compgen -f -- \"$word\")); return ;;");
        }

        Line(script, "    esac");
        Line(script, "    case \"$command\" in");
        foreach (Command top in root.Subcommands)
        {
            Line(script, $"        {top.Name}) options=\"{string.Join(' ', WordsAfter(root, top))}\" ;;");
        }

        Line(script, "    esac");
        Line(script, "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))");
        Line(script, "}");
        Line(script, "complete -F _authmodule authmodule");
        return script.ToString();
    }

    private static string Zsh(RootCommand root)
    {
        var script = new StringBuilder();
        Line(script, "#compdef authmodule");
        Line(script, "# authmodule completion for zsh: authmodule completion zsh > \"${fpath[1]}/_authmodule\"");
        Line(script, "_authmodule() {");
        Line(script, "    local -a commands");
        Line(script, "    commands=(");
        foreach (Command top in root.Subcommands)
        {
            Line(script, $"        {Quote($"{top.Name}:{top.Description?.Replace(":", "\\:", StringComparison.Ordinal)}")}");
        }

        Line(script, "    )");
        Line(script, "    if (( CURRENT == 2 )); then _describe command commands; return; fi");
        Line(script, "    case $words[2] in");
        foreach (Command top in root.Subcommands)
        {
            Line(script, $"        {top.Name}) _arguments -s \\");
            if (string.Join(' ', WordsAfter(root, top).Where(static word => !word.StartsWith('-'))) is { Length: > 0 } operations)
            {
                Line(script, $"            '2:operation:({operations})' \\");
            }

            foreach (Option option in OptionsAfter(root, top))
            {
                string words = string.Join(' ', CommandModel.WordsOf(option));
                string value = !CommandModel.TakesValue(option) ? string.Empty : words.Length > 0 ? $":value:({words})" : IsPath(option) ? ":path:_files" : ":value: ";
                Line(script, $"            {Quote($"{option.Name}[{Bracket(option.Description)}]{value}")} \\");
            }

            Line(script, "            ;;");
        }

        Line(script, "    esac");
        Line(script, "}");
        Line(script, "if [ \"$funcstack[1]\" = _authmodule ]; then _authmodule \"$@\"; else compdef _authmodule authmodule; fi");
        return script.ToString();
    }

    private static string Fish(RootCommand root)
    {
        var script = new StringBuilder();
        Line(script, "# authmodule completion for fish: authmodule completion fish > ~/.config/fish/completions/authmodule.fish");
        Line(script, "complete -c authmodule -f");
        foreach (Command top in root.Subcommands)
        {
            Line(script, $"complete -c authmodule -n __fish_use_subcommand -a {top.Name} -d {FishQuote(top.Description)}");
            string condition = $"-n '__fish_seen_subcommand_from {top.Name}'";
            foreach (string word in WordsAfter(root, top).Where(static word => !word.StartsWith('-')))
            {
                Line(script, $"complete -c authmodule {condition} -a {word}");
            }

            foreach (Option option in OptionsAfter(root, top))
            {
                string words = string.Join(' ', CommandModel.WordsOf(option));
                string value = !CommandModel.TakesValue(option) ? string.Empty : words.Length > 0 ? $" -x -a '{words}'" : IsPath(option) ? " -r -F" : " -x";
                Line(script, $"complete -c authmodule {condition} -l {option.Name.TrimStart('-')}{value} -d {FishQuote(option.Description)}");
            }
        }

        return script.ToString();
    }

    private static string Pwsh(RootCommand root)
    {
        var script = new StringBuilder();
        Line(script, "# authmodule completion for PowerShell: authmodule completion pwsh | Out-String | Invoke-Expression");
        Line(script, "Register-ArgumentCompleter -Native -CommandName authmodule -ScriptBlock {");
        Line(script, "    param($wordToComplete, $commandAst, $cursorPosition)");
        Line(script, "    $words = @{");
        foreach (Command top in root.Subcommands)
        {
            Line(script, $"        {Quote(top.Name)} = {string.Join(", ", WordsAfter(root, top).Select(Quote))}");
        }

        Line(script, "    }");
        Line(script, "    $values = @{");
        foreach ((Command top, string name, IReadOnlyList<string> choices) in Choices(root))
        {
            Line(script, $"        {Quote($"{top.Name} {name}")} = {string.Join(", ", choices.Select(Quote))}");
        }

        Line(script, "    }");
        Line(script, "    $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or $_.Extent.Text -ne $wordToComplete } | ForEach-Object { $_.Extent.Text })");
        Line(script, $"    $candidates = if ($typed.Count -lt 2) {{ {string.Join(", ", root.Subcommands.Select(static command => Quote(command.Name)))} }}");
        Line(script, "        elseif ($values[\"$($typed[1]) $($typed[-1])\"]) { $values[\"$($typed[1]) $($typed[-1])\"] }");
        Line(script, "        else { $words[$typed[1]] }");
        Line(script, "    @($candidates) -like \"$wordToComplete*\" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }");
        Line(script, "}");
        return script.ToString();
    }

    // What may follow a command: its operations or the words of its argument, then its options.
    private static IEnumerable<string> WordsAfter(RootCommand root, Command top) =>
        top.Subcommands.Select(static child => child.Name)
            .Concat(top is CompletionCommand ? Shells.Keys : [])
            .Concat(OptionsAfter(root, top).Select(static option => option.Name));

    private static IEnumerable<Option> OptionsAfter(RootCommand root, Command top) => CommandModel.All(root)
        .Where(entry => entry.Name.Split(' ')[0] == top.Name)
        .SelectMany(static entry => CommandModel.OptionsOf(entry.Command))
        .Concat(CommandModel.Everywhere(root))
        .DistinctBy(static option => option.Name);

    private static IEnumerable<(Command Top, string Name, IReadOnlyList<string> Words)> Choices(RootCommand root) =>
        from top in root.Subcommands
        from option in OptionsAfter(root, top)
        let words = CommandModel.WordsOf(option)
        where words.Count > 0
        select (top, option.Name, words);

    private static IEnumerable<(Command Top, IReadOnlyList<string> Names)> PathOptions(RootCommand root) =>
        from top in root.Subcommands
        let names = (IReadOnlyList<string>)[.. OptionsAfter(root, top).Where(IsPath).Select(static option => option.Name)]
        where names.Count > 0
        select (top, names);

    private static bool IsPath(Option option) => option.HelpName == "PATH";

    private static string Bracket(string? text) => (text ?? string.Empty)
        .Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    // For zsh and PowerShell alike: a quote in quotes is two of them to one and ends them for the other, so there is none.
    private static string Quote(string text) => "'" + text.Replace('\'', '’') + "'";

    private static string FishQuote(string? text) => "'" + (text ?? string.Empty).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private static void Line(StringBuilder script, string line) => script.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
