using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>Forgets sessions here. Nothing is sent: their tokens work until they end. Revoke-AuthToken ends them.</summary>
[Cmdlet(VerbsCommon.Remove, "AuthSession", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class RemoveAuthSessionCommand : AsyncCommand
{
    private const string SessionSet = "Session";
    private const string IdSet = "Id";
    private const string AllSet = "All";

    /// <summary>The sessions; without them the current one.</summary>
    [Parameter(ParameterSetName = SessionSet, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AuthSession[]? Session { get; set; }

    /// <summary>The ids of sessions of this runspace.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>All sessions of this runspace.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    private protected override bool HasSeveralItems => Id.Length > 1 || base.HasSeveralItems;

    private protected override void Run()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (string id in Id)
            {
                Guard(() => Forget(NamedSession.Find(Sessions.All, id)), id);
            }

            return;
        }

        IEnumerable<AuthSession> wanted = ParameterSetName == AllSet ? (All ? Sessions.All : []) : Session ?? [AuthEngine.RequireCurrent(Sessions)];
        foreach (AuthSession session in wanted)
        {
            Forget(session);
        }
    }

    private void Forget(AuthSession session)
    {
        if (ShouldProcess(session.ToString(), "Forget here"))
        {
            Wait(ForgetAsync(session));
        }
    }

    private async ValueTask<bool> ForgetAsync(AuthSession session)
    {
        await Engine.ForgetAsync(Sessions, session, StopToken).ConfigureAwait(false);
        return true;
    }
}
