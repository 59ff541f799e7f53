using System.Management.Automation;
using AuthModule.Arguments;

namespace AuthModule.Commands;

/// <summary>Reads a description of a service from a JSON file; it is known in this process from then on.</summary>
[Cmdlet(VerbsLifecycle.Register, "AuthProvider", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthProvider))]
public sealed class RegisterAuthProviderCommand : AsyncCommand
{
    /// <summary>The file, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    private protected override object? Target => Path;

    private protected override void Run()
    {
        string path = Paths.Resolve(this, Path, "-Path", AuthErrorId.InvalidProvider);
        if (ShouldProcess(path, "Register the provider"))
        {
            WriteObject(Engine.Providers.Register(path));
        }
    }
}
