using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>Lists the sessions of this runspace, or those that a store holds.</summary>
[Cmdlet(VerbsCommon.Get, "AuthSession")]
[OutputType(typeof(AuthSession))]
public sealed class GetAuthSessionCommand : AsyncCommand
{
    /// <summary>Only these.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public string[]? Id { get; set; }

    /// <summary>What this store holds for whoever has its key, in place of this runspace's sessions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StoreCompleter))]
    public string? Store { get; set; }

    private protected override object? Target => Store;

    private protected override bool HasSeveralItems => Id is { Length: > 1 } || base.HasSeveralItems;

    private protected override void Run()
    {
        IReadOnlyList<AuthSession> sessions = Store is null
            ? Sessions.All
            : Wait(new ValueTask<IReadOnlyList<AuthSession>>(Engine.ListSessionsAsync(Sessions, StorePlace.Resolve(this, Store)!, Log, StopToken)));
        if (Id is null)
        {
            WriteObject(sessions, enumerateCollection: true);
            return;
        }

        foreach (string id in Id)
        {
            Guard(() => WriteObject(NamedSession.Find(sessions, id, Store)), id);
        }
    }
}
