using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Removes API keys at the service: they stop working.</summary>
[Cmdlet(VerbsCommon.Remove, "AuthApiKey", DefaultParameterSetName = KeySet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveAuthApiKeyCommand : ApiKeyCommand
{
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
        await Engine.ApiKeys.RemoveAsync(session, Identifier, Log, StopToken).ConfigureAwait(false);
        return null;
    }
}
