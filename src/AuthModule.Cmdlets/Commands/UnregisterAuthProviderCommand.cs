using System.Management.Automation;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>Forgets a description that was registered; one that comes with the module is in force again.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "AuthProvider", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class UnregisterAuthProviderCommand : AsyncCommand
{
    /// <summary>The provider's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string Name { get; set; } = string.Empty;

    private protected override object? Target => Name;

    private protected override void Run()
    {
        Engine.Providers.RequireRegistered(Name);
        if (ShouldProcess(Name, "Unregister the provider"))
        {
            Engine.Providers.Unregister(Name);
        }
    }
}
