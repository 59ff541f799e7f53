using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Regenerates an API key: the old one ends, the new one is shown this once.</summary>
[Cmdlet(VerbsData.Update, "AuthApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ApiKey))]
public sealed class UpdateAuthApiKeyCommand : SessionCommand
{
    /// <summary>The key's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        if (ShouldProcess(session.Authority, "Regenerate an API key"))
        {
            WriteObject(Wait(new ValueTask<ApiKey>(Engine.ApiKeys.RegenerateAsync(session, Id!, Log, StopToken))));
        }
    }
}
