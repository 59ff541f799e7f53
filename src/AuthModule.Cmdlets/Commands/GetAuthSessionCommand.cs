using System.Management.Automation;
using AuthModule.Completion;
using AuthModule.Errors;

namespace AuthModule.Commands;

/// <summary>Lists the sessions of this runspace.</summary>
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

    private protected override bool HasSeveralItems => Id is { Length: > 1 } || base.HasSeveralItems;

    private protected override void Run()
    {
        if (Id is null)
        {
            WriteObject(Sessions.All, enumerateCollection: true);
            return;
        }

        foreach (string id in Id)
        {
            Guard(() => WriteObject(Named(id)), id);
        }
    }

    private static AuthSession Named(string id) => Sessions.Find(id)
        ?? throw AuthError.Create(AuthErrorId.NoSession, $"There is no session '{id}' in this runspace.", "Get-AuthSession lists those that there are.");
}
