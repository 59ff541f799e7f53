using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>Makes a session of a store the one that later calls without a service mean, as Select-AuthSession does in a runspace.</summary>
internal sealed class SwitchCommand : CliCommand
{
    private readonly Argument<string> id;
    private readonly StoredOptions stored;
    private readonly FormOptions form;

    public SwitchCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("switch", "Makes a session the current one, for calls that name no service.", context, diagnostics)
    {
        id = Take(new Argument<string>("id") { HelpName = "ID", Description = "Its id, or the first letters of it: 'authmodule list' shows them." });
        stored = Use(new StoredOptions());
        form = Use(new FormOptions());
        Examples = ["authmodule switch 4f2a", "authmodule switch 4f2a --store file && authmodule call https://api.contoso.com/orders"];
        Notes = "The choice is kept in a file of this user's, with the store and the id of the session only. An authority or a profile by environment comes before it.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        StoredSessions store = stored.Open(call);
        AuthSession session = await store.FindAsync(call.Parsed.GetValue(id)!, cancellationToken);
        new ChosenSession(StoredSessions.AddressOf(store.Store, session), session.Id).Write(call.Context.Environment);
        if (form.IsText(call))
        {
            SessionView.WriteBlock(call.Context, session, isChosen: true);
        }
        else
        {
            call.Context.WriteJson(new Dictionary<string, object?>(SessionView.Json(session, session)));
        }

        return ExitCode.Done;
    }
}
