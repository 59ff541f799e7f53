using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>Confirms a second factor by its first code: true when the service takes it.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "AuthMfa", SupportsShouldProcess = true)]
[OutputType(typeof(bool))]
public sealed class ConfirmAuthMfaCommand : SessionCommand
{
    /// <summary>Which kind.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public MfaMethod Method { get; set; }

    /// <summary>The code that the app shows, or that came by message or mail.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Code { get; set; }

    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        if (ShouldProcess(session.Authority, $"Confirm the second factor ({Method})"))
        {
            WriteObject(Wait(new ValueTask<bool>(Engine.Mfa.ConfirmAsync(session, Method, Secret.From(Code!), Log, StopToken))));
        }
    }
}
