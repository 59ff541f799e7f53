using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>Takes a profile out of the file.</summary>
internal sealed class RemoveProfileCommand : CliCommand
{
    private readonly Argument<string> name = new("name") { Description = "The profile's name." };

    public RemoveProfileCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("remove", "Takes a profile out of your profile file.", context, diagnostics)
    {
        Add(name);
        Examples = ["authmodule profiles remove nightly"];
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Context.Engine.ProfileEditor.Remove(call.Parsed.GetRequiredValue(name));
        return Task.FromResult(ExitCode.Done);
    }
}
