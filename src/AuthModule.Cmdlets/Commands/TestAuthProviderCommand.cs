using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;

namespace AuthModule.Commands;

/// <summary>
/// Reads a description of a service and says everything that is wrong with it, shows the requests that it would send, and what
/// would be taken from a recorded reply. Sends nothing, registers nothing.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "AuthProvider")]
[OutputType(typeof(ProviderCheck))]
public sealed class TestAuthProviderCommand : AsyncCommand
{
    /// <summary>The file, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file of a recorded reply: its body, or an object with <c>status</c>, <c>headers</c> and <c>body</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Reply { get; set; }

    /// <summary>The grant whose reply it is; the first of the description where it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Grant { get; set; }

    private protected override object? Target => Path;

    private protected override void Run() => WriteObject(Wait(new ValueTask<ProviderCheck>(Engine.ProveProviderAsync(
        Paths.Resolve(this, Path, "-Path", AuthErrorId.InvalidProvider),
        Reply is null ? null : Paths.Resolve(this, Reply, "-Reply", AuthErrorId.InvalidProvider),
        Grant,
        StopToken))));
}
