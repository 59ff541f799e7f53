using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Diagnostics;
using AuthModule.Dpop;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Tokens;
using AuthModule.Wire;

namespace AuthModule.Sessions;

/// <summary>
/// Hands out a session's token, and gets a new one when it has to: one request per credential however many callers. The order
/// makes it safe for refresh tokens that work once: lock, read again, renew, save, release.
/// </summary>
internal sealed class SessionRenewer(OperationRunner runner, GrantTools tools, TimeProvider clock)
{
    private readonly SingleFlight<(SessionKey Key, bool Force), TokenSet> flights = new();

    public ValueTask<AuthToken> GetAsync(AuthSession session, RenewalNeed need, ICallLog log, CancellationToken cancellationToken)
    {
        AuthToken? current = session.Token;
        if (current is not null && !need.Force && Freshness.IsFresh(current.Tokens, need.MinimumLifetime))
        {
            if (log.IsEnabled(LogLevel.Verbose))
            {
                log.Verbose($"Served from session {session.Id}: {current.ExpiresIn:c} left.");
            }

            return new ValueTask<AuthToken>(current);
        }

        return new ValueTask<AuthToken>(RenewAsync(session, need, log, cancellationToken));
    }

    private async Task<AuthToken> RenewAsync(AuthSession session, RenewalNeed need, ICallLog log, CancellationToken cancellationToken)
    {
        TokenSet? seen = session.Token?.Tokens;
        try
        {
            TokenSet tokens = await flights.RunAsync(
                (session.Key, need.Force),
                token => RenewUnderLockAsync(session, seen, need, log, token),
                () => log.Verbose($"Another caller is getting a token of {session.Authority} with the same credential; waiting for it."),
                cancellationToken).ConfigureAwait(false);
            return session.Adopt(tokens);
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

            if (CanServeInstead(seen, need, failure))
            {
                log.Warning($"{failure.Message} The token at hand is still good for {seen!.Remaining:hh\\:mm\\:ss} and is used.");
                return session.Token!;
            }

            throw;
        }
    }

    // Early renewal is a comfort: its failure must not take away what still works. What the caller insisted on is another matter.
    private static bool CanServeInstead(TokenSet? seen, RenewalNeed need, AuthException failure) =>
        seen is not null && !need.Force && need.MinimumLifetime is null && failure.IsTransient
        && failure.Code != AuthErrorId.Canceled && Freshness.IsUsable(seen);

    private async Task<TokenSet> RenewUnderLockAsync(AuthSession session, TokenSet? seen, RenewalNeed need, ICallLog log, CancellationToken cancellationToken)
    {
        ISessionStore store = session.SessionStore;
        IAsyncDisposable held = await store.LockAsync(session.Key, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            TokenSet? stored = await store.ReadAsync(session.Key, cancellationToken).ConfigureAwait(false);
            if (stored is not null && !need.Force && Freshness.IsFresh(stored, need.MinimumLifetime))
            {
                log.Verbose($"Another session with the same credential has a fresh token of {session.Authority} in store {store.Name}.");
                return stored;
            }

            TokenSet tokens = await AcquireAsync(session, stored ?? seen, isSignIn: seen is null, need, log, cancellationToken).ConfigureAwait(false);

            // Saved before anyone uses it: the old refresh token may be spent by now.
            await store.WriteAsync(session.Key, tokens, CancellationToken.None).ConfigureAwait(false);
            return tokens;
        }
    }

    private async Task<TokenSet> AcquireAsync(AuthSession session, TokenSet? previous, bool isSignIn, RenewalNeed need, ICallLog log, CancellationToken cancellationToken)
    {
        // A session that never had a token was opened with its input a moment ago: that input may be used, also where it works once.
        bool canSignIn = isSignIn || session.GrantUsed.CanRepeat(session.Request);
        var context = new GrantContext
        {
            Request = session.Request,
            Service = session.Service,
            Runner = runner,
            Tools = tools,
            Clock = clock,
            Log = log,
            ProofKey = previous?.ProofKey is { } bound ? DpopKey.From(bound) : session.Request.UseDpop ? DpopKey.Create() : null,
        };
        if (previous?.RefreshToken is not null && CanRefresh(session))
        {
            log.Verbose($"Renewing the token of {session.Authority} by its refresh token: {Reason(previous, need)}.");
            try
            {
                GrantContext renewal = context with { Previous = previous };
                return session.GrantUsed is IOwnGrant own
                    ? await own.RenewAsync(renewal, previous, cancellationToken).ConfigureAwait(false)
                    : await GrantRegistry.Refresh.AcquireAsync(renewal, cancellationToken).ConfigureAwait(false);
            }
            catch (TokenExpiredException refused) when (canSignIn)
            {
                log.Verbose($"The refresh token is no longer taken ({refused.OAuthError}); signing in again.");
            }
        }
        else if (previous is not null)
        {
            if (!canSignIn)
            {
                throw NothingToRenewWith(session);
            }

            log.Verbose($"Getting a new token of {session.Authority} by {session.Grant}: {Reason(previous, need)}.");
        }
        else
        {
            log.Verbose($"Getting a token of {session.Authority} by {session.Grant}: there is none yet.");
        }

        return await session.GrantUsed.AcquireAsync(context, cancellationToken).ConfigureAwait(false);
    }

    private static bool CanRefresh(AuthSession session) =>
        session.GrantUsed is IOwnGrant
        || session.Service.Description.Grant(RefreshTokenGrant.GrantName) is not null
        || session.Service.Description.Grant(session.GrantUsed.DescribedAs)?.RenewWith is not null;

    private static string Reason(TokenSet previous, RenewalNeed need) =>
        need.Force ? "asked for" : Freshness.IsUsable(previous) ? $"only {previous.Remaining:hh\\:mm\\:ss} left" : "it has ended";

    private static AuthException NothingToRenewWith(AuthSession session) => AuthError.Create(
        AuthErrorId.TokenExpired,
        $"The token of {session.Authority} has ended and nothing is at hand to renew it: {session.Grant} works once and the service gave no refresh token.",
        new ErrorDetails { Service = session.Authority, Action = "Sign in again: call Get-AuthToken with credentials." });
}
