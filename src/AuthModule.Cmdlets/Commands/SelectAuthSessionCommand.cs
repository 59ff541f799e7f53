using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>Makes a session the current one: what the other cmdlets act on where they are given none. Nothing is sent.</summary>
[Cmdlet(VerbsCommon.Select, "AuthSession", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthSession))]
public sealed class SelectAuthSessionCommand : AsyncCommand
{
    private const string SessionSet = "Session";
    private const string IdSet = "Id";

    /// <summary>The session.</summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionArgument]
    public AuthSession? Session { get; set; }

    /// <summary>The id of a session of this runspace, or of <see cref="Store"/>.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public string Id { get; set; } = string.Empty;

    /// <summary>The store that holds the session.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StoreCompleter))]
    public string? Store { get; set; }

    private protected override object? Target => Session?.Authority ?? Id;

    private protected override void Run()
    {
        AuthSession session = Session ?? NamedSession.Find(
            Store is null
                ? Sessions.All
                : Wait(new ValueTask<IReadOnlyList<AuthSession>>(Engine.ListSessionsAsync(Sessions, StorePlace.Resolve(this, Store)!, Log, StopToken))),
            Id,
            Store);
        if (ShouldProcess(session.ToString(), "Make it the current session"))
        {
            Sessions.SetCurrent(session);
            WriteObject(session);
        }
    }
}
