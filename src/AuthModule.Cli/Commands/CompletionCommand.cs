using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Manual;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>Prints what a shell needs to complete command lines.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private readonly Argument<string> shell;

    public CompletionCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("completion", "Prints the completion script of a shell.", context, diagnostics)
    {
        shell = Take(new Argument<string>("shell") { HelpName = "SHELL", Description = $"One of {string.Join(", ", CompletionScripts.Shells.Keys)}." });
        Examples =
        [
            "eval \"$(authmodule completion bash)\"",
            "authmodule completion zsh > \"${fpath[1]}/_authmodule\"",
            "authmodule completion fish > ~/.config/fish/completions/authmodule.fish",
            "authmodule completion pwsh | Out-String | Invoke-Expression",
        ];
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        string name = call.Parsed.GetValue(shell)!.ToLowerInvariant();
        call.Context.Output.Write(CompletionScripts.Shells.TryGetValue(name, out System.Func<RootCommand, string>? script)
            ? script(CommandLine.Root(call.Context))
            : throw new UsageException($"SHELL takes one of {string.Join(", ", CompletionScripts.Shells.Keys)}.{Nearest.Question(name, CompletionScripts.Shells.Keys.Append("powershell"))}"));
        return Task.FromResult(ExitCode.Done);
    }
}
