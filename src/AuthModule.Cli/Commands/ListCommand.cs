using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>The sessions of a store, a line each.</summary>
internal sealed class ListCommand : CliCommand
{
    private readonly StoredOptions stored;
    private readonly FormOptions form;

    public ListCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("list", "Lists the sessions of a store, a line each.", context, diagnostics)
    {
        stored = Use(new StoredOptions());
        form = Use(new FormOptions());
        Examples = ["authmodule list", "authmodule list --store redis://cache.contoso.com --json"];
        Notes = "Only what the store's key opens is there. Nothing in the list is secret.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        StoredSessions store = stored.Open(call);
        IReadOnlyList<AuthSession> sessions = await store.ListAsync(cancellationToken);
        AuthSession? chosen = store.Chosen(sessions);
        if (!form.IsText(call))
        {
            call.Context.WriteJson(new Dictionary<string, object?>
            {
                ["store"] = sessions.Count > 0 ? sessions[0].Store : StoredSessions.Shown(store.Store),
                ["sessions"] = sessions.Select(session => SessionView.Json(session, chosen)).ToArray(),
            });
        }
        else if (sessions.Count == 0)
        {
            call.Context.Output.WriteLine($"Store {StoredSessions.Shown(store.Store)} has no sessions. 'authmodule get --store file ...' keeps one there.");
        }
        else
        {
            SessionView.WriteTable(call.Context, sessions, chosen);
        }

        return ExitCode.Done;
    }
}
