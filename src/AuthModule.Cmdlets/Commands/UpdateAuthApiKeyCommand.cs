using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Regenerates an API key: the old one ends, the new one is shown this once.</summary>
[Cmdlet(VerbsData.Update, "AuthApiKey", DefaultParameterSetName = KeySet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ApiKey))]
public sealed class UpdateAuthApiKeyCommand : ApiKeyCommand
{
    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        if (ShouldProcess(session.Authority, "Regenerate an API key"))
        {
            WriteObject(Wait(new ValueTask<ApiKey>(Engine.ApiKeys.RegenerateAsync(session, Identifier, Log, StopToken))));
        }
    }
}
