using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;
using AuthModule.Errors;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>Ends sessions of a store: their tokens are revoked where the service can, and forgotten in any case.</summary>
internal sealed class LogoutCommand : CliCommand
{
    private readonly Argument<string?> id;
    private readonly StoredOptions stored;
    private readonly WhatOptions what;
    private readonly FormOptions form;

    public LogoutCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("logout", "Ends a session: revokes its tokens at the server and forgets them.", context, diagnostics)
    {
        id = Take(new Argument<string?>("id") { HelpName = "ID", Description = "Its id, or the first letters of it; else the current one.", Arity = ArgumentArity.ZeroOrOne });
        what = Use(new WhatOptions());
        stored = Use(new StoredOptions());
        form = Use(new FormOptions());
        Examples = ["authmodule logout 4f2a", "authmodule logout --all --local-only"];
        Notes = "Forgets in any case. Ends with 0 when every server confirmed it, with 3 when one cannot revoke, and with the code of the failure when one was not reached: such tokens work until they end.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        string? named = call.Parsed.GetValue(id);
        if (named is not null && what.All(call))
        {
            throw new UsageException("An ID and --all exclude each other.");
        }

        StoredSessions store = stored.Open(call);
        IReadOnlyList<AuthSession> sessions = what.All(call)
            ? await store.ListAsync(cancellationToken)
            : [named is not null ? await store.FindAsync(named, cancellationToken) : await FindCurrentAsync(call, cancellationToken)];
        ChosenSession? chosen = ChosenSession.Read(call.Context.Environment);
        var ended = new List<(AuthSession Session, RevocationResult Result)>();
        foreach (AuthSession session in sessions)
        {
            RevocationResult result = await call.Context.Engine.RevokeAsync(new SessionTable(), session, what.IsLocal(call), call.Log, cancellationToken);
            ended.Add((session, result));
            if (session.Id == chosen?.Id)
            {
                ChosenSession.Forget(call.Context.Environment);
            }

            if (form.IsText(call))
            {
                call.Context.Output.WriteLine($"{session.Id}  {Cells.Plain(session.Authority)}: {Cells.Plain(result.Message)}");
            }
        }

        if (!form.IsText(call))
        {
            call.Context.WriteJson(new Dictionary<string, object?> { ["sessions"] = ended.Select(static end => Json(end.Session, end.Result)).ToArray() });
        }

        return ended.Select(static end => end.Result.Failure).FirstOrDefault(static failure => failure is not null) is { } failure
            ? throw failure
            : ended.Any(static end => end.Result.AccessToken == RevocationOutcome.Unsupported || end.Result.RefreshToken == RevocationOutcome.Unsupported)
                ? ExitCode.Refused
                : ExitCode.Done;
    }

    private static async Task<AuthSession> FindCurrentAsync(Invocation call, CancellationToken cancellationToken) =>
        await StoredSessions.FindChosenAsync(call, cancellationToken)
            ?? throw AuthError.Create(AuthErrorId.NoSession, "No session was switched to.", "Name one: 'authmodule list' shows them, --all means every one.");

    private static Dictionary<string, object?> Json(AuthSession session, RevocationResult result) => new()
    {
        ["id"] = session.Id,
        ["authority"] = session.Authority,
        ["access_token"] = result.AccessToken,
        ["refresh_token"] = result.RefreshToken,
        ["local_cleared"] = result.LocalCleared,
        ["message"] = result.Message,
    };

    private sealed class WhatOptions : OptionGroup
    {
        private readonly Option<bool> all;
        private readonly Option<bool> localOnly;

        public WhatOptions()
            : base("What to end")
        {
            all = Add(NewOption.Flag("--all", "Every session of the store."));
            localOnly = Add(NewOption.Flag("--local-only", "Forget here and send nothing: the tokens work until they end."));
        }

        public bool All(Invocation call) => call.Parsed.GetValue(all);

        public bool IsLocal(Invocation call) => call.Parsed.GetValue(localOnly);
    }
}
