using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Sessions;

namespace AuthModule.Commands;

/// <summary>Renews a session's token now: by its refresh token, else by signing in again the way it was done.</summary>
[Cmdlet(VerbsData.Update, "AuthToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthToken))]
public sealed class UpdateAuthTokenCommand : AsyncCommand
{
    /// <summary>The session; without it the current one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession? Session { get; set; }

    private protected override object? Target => Session?.Authority ?? Sessions.Current?.Authority;

    private protected override void Run()
    {
        AuthSession session = Session ?? AuthEngine.RequireCurrent(Sessions);
        if (ShouldProcess(session.ToString(), "Renew the token"))
        {
            WriteObject(Wait(Engine.GetTokenAsync(Sessions, session, TokenRequirement.Now, Log, StopToken)));
        }
    }
}
