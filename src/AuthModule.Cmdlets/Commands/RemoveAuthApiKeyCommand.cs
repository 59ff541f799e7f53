using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Removes API keys at the service: they stop working.</summary>
[Cmdlet(VerbsCommon.Remove, "AuthApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveAuthApiKeyCommand : SessionCommand
{
    /// <summary>The key's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        if (ShouldProcess(session.Authority, "Remove an API key"))
        {
            Wait(new ValueTask<object?>(RemoveAsync(session)));
        }
    }

    private async Task<object?> RemoveAsync(AuthSession session)
    {
        await Engine.ApiKeys.RemoveAsync(session, Id!, Log, StopToken).ConfigureAwait(false);
        return null;
    }
}
