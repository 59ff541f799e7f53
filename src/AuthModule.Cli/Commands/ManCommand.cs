using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Manual;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>Prints the manual page.</summary>
internal sealed class ManCommand : CliCommand
{
    public ManCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("man", "Prints the manual page, for man.", context, diagnostics) =>
        Examples = ["authmodule man | man -l -", "authmodule man > /usr/local/share/man/man1/authmodule.1"];

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Context.Output.Write(ManPage.Of(CommandLine.Root(call.Context)));
        return Task.FromResult(ExitCode.Done);
    }
}
