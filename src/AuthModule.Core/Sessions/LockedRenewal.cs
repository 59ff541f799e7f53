using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Jose.Dpop;
using AuthModule.Operations;
using AuthModule.Profiles;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// One renewal, in the order that makes it safe for refresh tokens that work once, in this process and across all that share
/// the store: lock, read again, renew, save, release.
/// </summary>
internal sealed class LockedRenewal(OperationRunner runner, GrantTools tools, ReferencedSecrets secrets, AuditLog audit, TimeProvider clock)
{
    private const int SaveAttempts = 3;

    private static readonly TimeSpan SavePause = TimeSpan.FromMilliseconds(200);

    private readonly RefreshStep refresh = new(clock);

    /// <param name="session">Whose tokens.</param>
    /// <param name="renewalRequest">What is wanted.</param>
    /// <param name="recall">The failure that answers in place of the service, if one does; asked when it is sure that something has to be sent.</param>
    /// <param name="log">Of the caller who came first.</param>
    /// <param name="cancellationToken">Heeded until a token that works once is on its way.</param>
    public async Task<TokenSet> RunAsync(AuthSession session, RenewalRequest renewalRequest, Func<AuthException?> recall, ICallLog log, CancellationToken cancellationToken)
    {
        ISessionStore store = session.SessionStore;
        TokenSet? found = await store.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        bool IsTooOld(TokenSet? tokens) => tokens is not null && StepUp.IsTooOld(session, renewalRequest, tokens, clock.GetUtcNow());
        if (found is not null && !IsTooOld(found) && session.Unsaved is null && !session.IsStoreBehind && Suits(found, session, renewalRequest.Requirement, mayBeStale: !renewalRequest.IsBackground))
        {
            log.Verbose($"A token of {session.Authority} for the same credential is in store {store.Name}.");
            EngineMetrics.Served("store", session.Provider);
            return found;
        }

        TokenSet? known = session.Unsaved?.Tokens ?? found;
        TokenSet? stored;
        IStoreLock held = await store.LockAsync(session.Key, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            stored = await UnsavedTokens.ReadAsync(session, held, log, cancellationToken).ConfigureAwait(false);
            bool isNew = stored is not null && known?.AccessToken.Matches(stored.AccessToken) != true;
            if (stored is not null && !IsTooOld(stored) && (renewalRequest.Requirement.Force ? isNew : Suits(stored, session, renewalRequest.Requirement, mayBeStale: false)))
            {
                log.Verbose($"Another session with the same credential has got a token of {session.Authority} meanwhile.");
                EngineMetrics.Served("store", session.Provider);
                return stored;
            }

            if (renewalRequest.IsBackground && renewalRequest.Begun != session.Generation)
            {
                throw AuthError.Create(AuthErrorId.NoSession, $"The session at {session.Authority} was ended while its token was about to be renewed.", new ErrorDetails { Service = session.Authority });
            }

            if (recall() is { } remembered)
            {
                throw remembered;
            }

            TokenSet? previous = stored ?? renewalRequest.Seen;
            TokenSet? tokens = renewalRequest.Requirement.SignIn is null && !IsTooOld(previous)
                ? await RefreshAsync(session, previous, renewalRequest, held, log, cancellationToken).ConfigureAwait(false)
                : null;
            if (tokens is null && session.GrantUsed is not IPersonGrant)
            {
                tokens = await SignInAsync(session, previous, renewalRequest, log, cancellationToken).ConfigureAwait(false);
            }

            if (tokens is not null)
            {
                return await SaveAsync(session, tokens, stored, held, log).ConfigureAwait(false);
            }
        }

        // A person takes minutes. Nobody else's renewal waits for them: some stores have one lock for many sessions.
        TokenSet signedIn = await SignInAsync(session, stored ?? renewalRequest.Seen, renewalRequest, log, cancellationToken).ConfigureAwait(false);
        return await LockAndSaveAsync(session, signedIn, stored, log).ConfigureAwait(false);
    }

    private static bool Suits(TokenSet stored, AuthSession session, TokenRequirement requirement, bool mayBeStale) =>
        !requirement.Force
        && (Freshness.IsFresh(stored, requirement.MinimumLifetime, session)
            || (mayBeStale && requirement.MinimumLifetime is null && Freshness.CanServe(stored)));

    /// <summary>Null where there is no refresh token, or none that is taken any more, and the session can sign in instead.</summary>
    private async Task<TokenSet?> RefreshAsync(AuthSession session, TokenSet? previous, RenewalRequest renewalRequest, IStoreLock held, ICallLog log, CancellationToken cancellationToken)
    {
        if (previous is null || !RefreshStep.IsPossible(session, previous))
        {
            return null;
        }

        if (Freshness.IsUsable(previous) && !Freshness.MayRenew(previous, session.Service.Description.RenewNotBefore))
        {
            // The service would refuse it: the token serves, and who insists on another signs in where that is possible.
            if (!renewalRequest.Requirement.Force)
            {
                return previous;
            }

            if (RefreshStep.CanSignIn(session, renewalRequest, previous))
            {
                log.Verbose($"{session.Authority} takes no renewal yet; signing in again by {session.Grant}.");
                return null;
            }
        }

        if (previous.InDoubtSince is null || !RefreshStep.CanSignIn(session, renewalRequest, previous))
        {
            if (previous.InDoubtSince is not null && renewalRequest.IsBackground)
            {
                return previous; // Not risked as long as the access token serves.
            }

            if (log.IsEnabled(LogLevel.Verbose))
            {
                log.Verbose($"Renewing the token of {session.Authority} by its refresh token: {Reason(previous, renewalRequest.Requirement)}.");
            }

            if (await RefreshKeepingAsync(session, previous, renewalRequest, held, log, cancellationToken).ConfigureAwait(false) is { } renewed)
            {
                return renewed;
            }
        }

        log.Verbose($"The refresh token of {session.Authority} is not good any more or may be spent; signing in again by {session.Grant}.");
        return null;
    }

    // A reply that is refused leaves the session as it was, but for the refresh token that the service has put in place of the
    // one that was sent: the old one is spent.
    private async Task<TokenSet?> RefreshKeepingAsync(
        AuthSession session, TokenSet previous, RenewalRequest renewalRequest, IStoreLock held, ICallLog log, CancellationToken cancellationToken)
    {
        var replaced = new ReplacedTokens();
        try
        {
            return await MeasureAsync(session, "refresh", renewalRequest, log, async () =>
            {
                TokenRequest client = await secrets.ReadClientAsync(session.Request, log, cancellationToken).ConfigureAwait(false);
                GrantContext context = Context(session, previous, client, log) with { Replaced = replaced };
                return await refresh.TryAsync(session, context, previous, renewalRequest, held, log).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (AuthException unusable) when (replaced.Kept is not null)
        {
            session.Adopt(await SaveAsync(session, replaced.Kept, previous, held, log).ConfigureAwait(false), renewalRequest.Begun);
            throw AuthError.Create(
                unusable.Code,
                $"{unusable.Message} The new refresh token that came with it is kept.",
                unusable.Details with { Cause = unusable.InnerException });
        }
    }

    private async Task<TokenSet> SignInAsync(AuthSession session, TokenSet? previous, RenewalRequest renewalRequest, ICallLog log, CancellationToken cancellationToken)
    {
        if (previous is null)
        {
            log.Verbose($"Getting a token of {session.Authority} by {session.Grant}: there is none yet.");
        }
        else if (renewalRequest.Requirement.SignIn is null && !RefreshStep.CanSignIn(session, renewalRequest, previous))
        {
            throw RefreshStep.NothingToRenewWith(session);
        }
        else if (log.IsEnabled(LogLevel.Verbose) && !RefreshStep.IsPossible(session, previous))
        {
            log.Verbose($"Getting a new token of {session.Authority} by {session.Grant}: {Reason(previous, renewalRequest.Requirement)}.");
        }

        TokenSet? acquired = await MeasureAsync(session, "sign-in", renewalRequest, log, async () =>
        {
            TokenRequest current = session.JustRead?.Take() ?? await secrets.ReadAsync(session.Request, log, cancellationToken).ConfigureAwait(false);
            return await session.GrantUsed.AcquireAsync(Context(session, previous, StepUp.Of(current, renewalRequest.Requirement.SignIn), log), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return renewalRequest.Requirement.SignIn is null ? acquired! : StepUp.OfSamePerson(session, acquired!, previous);
    }

    private GrantContext Context(AuthSession session, TokenSet? previous, TokenRequest request, ICallLog log) => new()
    {
        Request = request,
        Service = session.Service.With(request),
        Runner = runner,
        Tools = tools,
        Clock = clock,
        Log = log,
        ProofKey = previous?.ProofKey is { } bound ? DpopKey.From(bound) : session.Request.UseDpop ? DpopKey.Create() : null,
    };

    // Null says that the refresh token is not taken any more; a sign-in follows and tells the rest.
    private async Task<TokenSet?> MeasureAsync(AuthSession session, string kind, RenewalRequest renewalRequest, ICallLog log, Func<Task<TokenSet?>> ask)
    {
        long startedAt = clock.GetTimestamp();
        using Activity? activity = EngineMetrics.StartRenewal(kind, session.Provider, session.Grant, session.Id);
        TokenSet? tokens = null;
        AuthException? failure = null;
        try
        {
            tokens = await ask().ConfigureAwait(false);
            return tokens;
        }
        catch (AuthException cause)
        {
            failure = cause;
            throw;
        }
        finally
        {
            string? error = failure?.Code ?? (tokens is null ? AuthErrorId.RefreshTokenExpired : null);
            EngineMetrics.EndRenewal(activity, kind, session.Provider, renewalRequest.IsBackground, error, clock.GetElapsedTime(startedAt));
            if (audit.IsOn)
            {
                AuditEntry entry = SessionAudit.EntryOf(session, kind == "refresh" ? "token.renewed" : "token.acquired", failure);
                audit.Write(
                    entry with
                    {
                        Outcome = error ?? entry.Outcome,
                        Subject = tokens?.Subject ?? entry.Subject,
                        Scopes = tokens?.Scopes ?? entry.Scopes,
                        ExpiresOn = tokens?.ExpiresOn,
                        IsBackground = renewalRequest.IsBackground,
                    },
                    log);
            }
        }
    }

    // Saved before anyone uses it: the old refresh token may be spent by now. From here on nothing is canceled.
    private async Task<TokenSet> SaveAsync(AuthSession session, TokenSet tokens, TokenSet? stored, IStoreLock held, ICallLog log)
    {
        ISessionStore store = session.SessionStore;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (await store.WriteAsync(session.Key, tokens, held, CancellationToken.None).ConfigureAwait(false))
                {
                    return tokens;
                }

                log.Verbose($"The lock of store {store.Name} ran out during the renewal; waiting for it again.");
                break;
            }
            catch (AuthException failure) when (attempt < SaveAttempts)
            {
                log.Verbose($"Saving to store {store.Name} failed, trying again: {failure.Message}");
                await ClockDelay.ForAsync(SavePause, clock, CancellationToken.None).ConfigureAwait(false);
            }
            catch (AuthException failure)
            {
                return Keep(session, tokens, stored, failure.Message, log);
            }
        }

        return await LockAndSaveAsync(session, tokens, stored, log).ConfigureAwait(false);
    }

    // What was got without the lock, or under one that ran out. Somebody may have renewed meanwhile: theirs is newer, as it was
    // made from what is in the store.
    private async Task<TokenSet> LockAndSaveAsync(AuthSession session, TokenSet tokens, TokenSet? stored, ICallLog log)
    {
        ISessionStore store = session.SessionStore;
        try
        {
            IStoreLock held = await store.LockAsync(session.Key, CancellationToken.None).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                TokenSet? other = await store.ReadAsync(session, CancellationToken.None).ConfigureAwait(false);
                if (other is not null && session.GrantUsed is not IPersonGrant && stored?.AccessToken.Matches(other.AccessToken) != true && !other.AccessToken.Matches(tokens.AccessToken))
                {
                    log.Warning($"The lock of store {store.Name} ran out during the renewal and somebody else has renewed; theirs is used.");
                    return other;
                }

                return await store.WriteAsync(session.Key, tokens, held, CancellationToken.None).ConfigureAwait(false)
                    ? tokens
                    : Keep(session, tokens, stored, $"The lock of store {store.Name} ran out again and again.", log);
            }
        }
        catch (AuthException failure)
        {
            return Keep(session, tokens, stored, failure.Message, log);
        }
    }

    // Lost they would be lost for good, so this process keeps and uses them.
    private static TokenSet Keep(AuthSession session, TokenSet tokens, TokenSet? stored, string why, ICallLog log)
    {
        log.Warning($"{why} The new token of {session.Authority} is kept in this process only, until the store takes it.");
        session.Unsaved = new UnsavedTokens(tokens, stored);
        return tokens;
    }

    private static string Reason(TokenSet previous, TokenRequirement requirement) =>
        requirement.Force ? "asked for" : Freshness.IsUsable(previous) ? $"only {previous.Remaining:hh\\:mm\\:ss} left" : "it has ended";
}
