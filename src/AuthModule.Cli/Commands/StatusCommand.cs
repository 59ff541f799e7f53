using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;
using AuthModule.Profiles;

namespace AuthModule.Cli.Commands;

/// <summary>Who is signed in where, and what a call without options would take from its surroundings.</summary>
internal sealed class StatusCommand : CliCommand
{
    // Whether they are set is told, not what to.
    private static readonly string[] Variables =
    [
        "AUTHMODULE_AUTHORITY", "AUTHMODULE_PROVIDER", "AUTHMODULE_PROFILE", "AUTHMODULE_CLIENT_ID", "AUTHMODULE_CLIENT_SECRET", "AUTHMODULE_USERNAME", "AUTHMODULE_PASSWORD",
        "AUTHMODULE_SCOPE", "AUTHMODULE_STORE", "AUTHMODULE_STORE_KEY", "AUTHMODULE_NON_INTERACTIVE", "AUTHMODULE_CONFIG", "AUTHMODULE_TOKEN",
        WayOptions.Assertion, WayOptions.SubjectToken, WayOptions.ActorToken, WayOptions.ApiKey,
    ];

    private readonly StoredOptions stored;
    private readonly FormOptions form;

    public StatusCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("status", "Shows who is signed in where: every session of the store.", context, diagnostics)
    {
        stored = Use(new StoredOptions());
        form = Use(new FormOptions());
        Examples = ["authmodule status", "authmodule status --store file:/srv/tokens --json"];
        Notes = "Sends nothing but to the store. Nothing in it is secret: of the environment it names the variables that are set, not their values.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        StoredSessions store = stored.Open(call);
        IReadOnlyList<AuthSession> sessions = await store.ListAsync(cancellationToken);
        AuthSession? chosen = store.Chosen(sessions);
        string name = sessions.Count > 0 ? sessions[0].Store : StoredSessions.Shown(store.Store);
        string? profileFile = ProfilePlace.Of(call.Context.Environment) is { } file && System.IO.File.Exists(file) ? file : null;
        string[] set = [.. Variables.Where(variable => call.Context.Environment.Get(variable) is not null)];
        if (form.IsText(call))
        {
            WriteText(call.Context, name, sessions, chosen, profileFile, set);
            return ExitCode.Done;
        }

        call.Context.WriteJson(new Dictionary<string, object?>
        {
            ["store"] = name,
            ["current"] = chosen?.Id,
            ["profile_file"] = profileFile,
            ["environment"] = set,
            ["sessions"] = sessions.Select(session => SessionView.Json(session, chosen)).ToArray(),
        });
        return ExitCode.Done;
    }

    private static void WriteText(CliContext context, string store, IReadOnlyList<AuthSession> sessions, AuthSession? chosen, string? profileFile, string[] set)
    {
        var paint = new Paint(context);
        context.Output.WriteLine($"{paint.Dim("Store      ")}{Cells.Plain(store)}: {(sessions.Count == 1 ? "1 session" : $"{sessions.Count} sessions")}");
        context.Output.WriteLine($"{paint.Dim("Profiles   ")}{(profileFile is null ? "none" : Cells.Plain(profileFile))}");
        context.Output.WriteLine($"{paint.Dim("Variables  ")}{(set.Length == 0 ? "none" : string.Join(", ", set))}");
        foreach (AuthSession session in sessions)
        {
            context.Output.WriteLine();
            SessionView.WriteBlock(context, session, ReferenceEquals(session, chosen));
        }
    }
}
