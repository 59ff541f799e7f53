using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Shows which second factors the account has.</summary>
[Cmdlet(VerbsCommon.Get, "AuthMfa")]
[OutputType(typeof(MfaStatus))]
public sealed class GetAuthMfaCommand : SessionCommand
{
    private protected override void Run() =>
        WriteObject(Wait(new ValueTask<MfaStatus>(Engine.Mfa.StatusAsync(SessionOrCurrent, Log, StopToken))));
}
