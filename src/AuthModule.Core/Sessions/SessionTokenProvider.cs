using System;
using AuthModule.Jose.Dpop;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Operations;
using AuthModule.Profiles;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// Hands out a session's token: the fresh one at once, the stale one at once too while one renewal runs in the background,
/// else the one that a single renewal brings, however many callers wait for it.
/// </summary>
internal sealed class SessionTokenProvider(OperationRunner runner, GrantTools tools, ReferencedSecrets secrets, AuditLog audit, TimeProvider clock)
{
    private readonly SingleFlight<(SessionKey Key, bool Force, SignInDemand? SignIn), TokenSet> flights = new();
    private readonly FailureMemory failures = new(clock);
    private readonly LockedRenewal renewal = new(runner, tools, secrets, audit, clock);

    public RunningRenewals Background { get; } = new();

    public TimeProvider Clock => clock;

    public DpopNonces Nonces => runner.Nonces;

    public ValueTask<AuthToken> GetAsync(AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken)
    {
        if (session.Token is not { } current || requirement.Force)
        {
            return new ValueTask<AuthToken>(RenewAsync(session, requirement, log, cancellationToken));
        }

        bool isFresh = Freshness.IsFresh(current.Tokens, requirement.MinimumLifetime, session);
        if (!isFresh && (requirement.MinimumLifetime is not null || !Freshness.CanServe(current.Tokens) || NeedsCaller(session)))
        {
            return new ValueTask<AuthToken>(RenewAsync(session, requirement, log, cancellationToken));
        }

        if (log.IsEnabled(LogLevel.Verbose))
        {
            log.Verbose($"Served from session {session.Id}: {(current.ExpiresIn == TimeSpan.MaxValue ? "it does not end" : $"{current.ExpiresIn:c} left")}.");
        }

        EngineMetrics.Served("session", session.Provider);
        if (!isFresh)
        {
            RenewInBackground(session, log);
        }

        return new ValueTask<AuthToken>(current);
    }

    /// <summary>The token that the session or its store has, if enough of its life is left. Sends nothing and renews nothing.</summary>
    /// <exception cref="ConfigurationException">NoSession: there is none.</exception>
    public async Task<AuthToken> FindAsync(AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken)
    {
        int begun = session.Generation;
        TokenSet? tokens = session.Token?.Tokens;
        string place = "session";
        if (tokens is null || !Suffices(tokens, session, requirement))
        {
            // Another process may have renewed what this one holds.
            tokens = await session.SessionStore.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            place = "store";
        }

        if (tokens is null || !Suffices(tokens, session, requirement))
        {
            throw AuthError.Create(
                AuthErrorId.NoSession,
                $"No token of {session.Authority} with enough life left is kept ({session.SessionStore.Name}), and -Offline asks for none.",
                new ErrorDetails { Service = session.Authority, Action = "Call again without -Offline to get one." });
        }

        log.Verbose($"Found a token of {session.Authority} in {session.SessionStore.Name}; nothing was sent.");
        EngineMetrics.Served(place, session.Provider);
        return session.Adopt(tokens, begun);
    }

    // Zero means whatever is kept: also what has ended, which may still have a refresh token that works.
    private static bool Suffices(TokenSet tokens, AuthSession session, TokenRequirement requirement) => requirement.MinimumLifetime is not { } least
        ? Freshness.CanServe(tokens)
        : least == TimeSpan.Zero || Freshness.IsFresh(tokens, least, session);

    private async Task<AuthToken> RenewAsync(AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken)
    {
        int begun = session.Generation;
        TokenSet? seen = session.Token?.Tokens;
        try
        {
            TokenSet tokens = await ShareAsync(session, new RenewalRequest(requirement, seen, begun, IsBackground: false), log, cancellationToken).ConfigureAwait(false);
            AuthToken token = session.Adopt(tokens, begun);
            if (!Freshness.IsFresh(tokens, requirement.MinimumLifetime, session) && Freshness.CanServe(tokens) && !NeedsCaller(session))
            {
                RenewInBackground(session, log);
            }

            return token;
        }
        catch (OperationCanceledException cause)
        {
            throw AuthError.Canceled($"Getting a token of {session.Authority}", cause);
        }
        catch (AuthException failure)
        {
            if (failure.Code != AuthErrorId.Canceled)
            {
                session.Fail(failure);
            }

            if (CanServeInstead(seen, requirement, failure))
            {
                log.Warning($"{failure.Message} The token at hand is still good for {seen!.Remaining:hh\\:mm\\:ss} and is used.");
                return session.Token!;
            }

            throw;
        }
    }

    private async Task<TokenSet> ShareAsync(AuthSession session, RenewalRequest renewalRequest, ICallLog log, CancellationToken cancellationToken)
    {
        for (bool isAgain = false; ; isAgain = true)
        {
            bool hasJoined = false;
            TokenSet tokens;
            try
            {
                tokens = await flights.RunAsync(
                    (session.Key, renewalRequest.Requirement.Force, renewalRequest.Requirement.SignIn),
                    token => RenewOnceAsync(session, renewalRequest, log, token),
                    () =>
                    {
                        hasJoined = true;
                        log.Verbose($"Another caller is getting a token of {session.Authority} with the same credential; waiting for it.");
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (AuthException over) when (over.Code == AuthErrorId.NoSession && hasJoined && !isAgain && !renewalRequest.IsBackground)
            {
                continue; // It was a background renewal of a session that was revoked meanwhile; who waits wants a token all the same.
            }

            // Another caller may have been content with less than this one needs.
            bool suffices = renewalRequest.Requirement.MinimumLifetime is { } asked ? Freshness.IsFresh(tokens, asked, session) : Freshness.CanServe(tokens);
            if (!hasJoined || suffices || isAgain)
            {
                if (hasJoined)
                {
                    EngineMetrics.Served("caller", session.Provider);
                }

                return tokens;
            }
        }
    }

    private async Task<TokenSet> RenewOnceAsync(AuthSession session, RenewalRequest renewalRequest, ICallLog log, CancellationToken cancellationToken)
    {
        RenewalCaller caller = renewalRequest.IsBackground ? RenewalCaller.Background : renewalRequest.Requirement.Force ? RenewalCaller.Insistent : RenewalCaller.Caller;
        try
        {
            TokenSet tokens = await renewal.RunAsync(
                session,
                renewalRequest,
                () => failures.Recall(session.Key, caller),
                log,
                cancellationToken).ConfigureAwait(false);
            failures.Forget(session.Key);
            return tokens;
        }
        catch (AuthException failure)
        {
            // A remembered failure is not one more.
            if (failure.Code is not (AuthErrorId.Canceled or AuthErrorId.NoSession) && failure.InnerException is not AuthException)
            {
                failures.Remember(session.Key, failure, session.GrantUsed.CanRepeat(session.Request));
            }

            throw;
        }
    }

    private void RenewInBackground(AuthSession session, ICallLog log)
    {
        if (failures.Recall(session.Key, RenewalCaller.Background) is { } last)
        {
            log.Verbose($"The token of {session.Authority} is not renewed yet: {last.Message}");
            return;
        }

        log.Verbose($"The token of {session.Authority} is renewed in the background.");
        var renewalRequest = new RenewalRequest(TokenRequirement.Default, session.Token?.Tokens, session.Generation, IsBackground: true);
        Background.Start(session.Key, async () =>
        {
            try
            {
                // Whose call this was may have ended by now: its log is not written to.
                session.Adopt(await ShareAsync(session, renewalRequest, NoLog.Instance, CancellationToken.None).ConfigureAwait(false), renewalRequest.Begun);
            }
            catch (AuthException failure) when (renewalRequest.Begun == session.Generation)
            {
                session.Fail(failure);
            }
            catch (AuthException)
            {
                // Revoked or forgotten meanwhile: there is nothing left to fail.
            }
            catch (OperationCanceledException)
            {
                // The last caller of a flight that this one had joined left it.
            }
        });
    }

    // Code of the caller's (a script block as assertion source, a store of script blocks, a vault) can run only while a caller is there.
    private static bool NeedsCaller(AuthSession session) =>
        session.Request.Client.AssertionSource is DelegateAssertionSource || session.GrantUsed is IOwnGrant
        || session.Request.References.Any(secret => secret.Reference.NeedsCaller);

    // Early renewal is a comfort: its failure must not take away what still works. What the caller insisted on is another matter.
    private static bool CanServeInstead(TokenSet? seen, TokenRequirement requirement, AuthException failure) =>
        seen is not null && !requirement.Force && requirement.MinimumLifetime is null && (failure.IsTransient || failure.Code == AuthErrorId.StoreUnavailable)
        && failure.Code != AuthErrorId.Canceled && Freshness.IsUsable(seen);
}
