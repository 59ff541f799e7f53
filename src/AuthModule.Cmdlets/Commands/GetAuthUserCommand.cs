using System.Management.Automation;
using System.Threading.Tasks;

namespace AuthModule.Commands;

/// <summary>Asks the service who the session's person is (OpenID Connect Core, section 5.3).</summary>
[Cmdlet(VerbsCommon.Get, "AuthUser")]
[OutputType(typeof(AuthUser))]
public sealed class GetAuthUserCommand : SessionCommand
{
    private protected override void Run() =>
        WriteObject(Wait(new ValueTask<AuthUser>(Engine.GetUserAsync(SessionOrCurrent, Log, StopToken))));
}
