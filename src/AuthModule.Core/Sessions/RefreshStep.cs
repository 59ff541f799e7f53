using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// Uses a refresh token as one that works once. Before it goes out it is marked in a shared store, so that whoever finds the
/// mark after a crash knows that it may be spent; when no answer comes back the mark stays.
/// </summary>
internal sealed class RefreshStep(TimeProvider clock)
{
    public static bool IsPossible(AuthSession session, TokenSet previous) =>
        previous.RefreshToken is not null
        && (session.GrantUsed is IOwnGrant
            || session.Service.Description.Grant(RefreshTokenGrant.GrantName) is not null
            || session.Service.Description.Grant(session.GrantUsed.DescribedAs)?.RenewWith is not null);

    /// <summary>
    /// Whether a sign-in may follow where the refresh token is not good. A session that never had a token was opened with its
    /// input a moment ago: that input may be used, also where it works once. A refresh token as input is the exception: what
    /// the store has was made from it, so that it is spent, and a service that sees it again takes that for a theft.
    /// </summary>
    public static bool CanSignIn(AuthSession session, RenewalRequest renewalRequest, TokenSet previous) =>
        session.GrantUsed.CanRepeat(session.Request)
        || (renewalRequest.Seen is null && !(session.GrantUsed is RefreshTokenGrant && previous.RefreshToken is not null));

    public static AuthException NothingToRenewWith(AuthSession session) => AuthError.Create(
        AuthErrorId.TokenExpired,
        $"The token of {session.Authority} has ended and nothing is at hand to renew it: {session.Grant} works once and the service gave no refresh token.",
        new ErrorDetails { Service = session.Authority, Action = "Sign in again: call Get-AuthToken with credentials." });

    /// <summary>The new tokens; null where the refresh token is no longer taken and the session can sign in again instead.</summary>
    /// <exception cref="AuthException">What the service answered; where it did not, a sentence says what state the session is in.</exception>
    public async Task<TokenSet?> TryAsync(AuthSession session, GrantContext context, TokenSet previous, RenewalRequest renewalRequest, IStoreLock held, ICallLog log)
    {
        try
        {
            return await SendAsync(session, context, previous, renewalRequest, held).ConfigureAwait(false);
        }
        catch (AuthException refused) when (IsNoLongerTaken(refused) || (IsBare(refused) && session.GrantUsed.CanRepeat(session.Request)))
        {
            // Somebody may have renewed without the lock, or it was lost to them.
            TokenSet? stored = await session.SessionStore.ReadAsync(session, CancellationToken.None).ConfigureAwait(false);
            if (stored?.RefreshToken is { } newer && !newer.Matches(previous.RefreshToken))
            {
                log.Verbose($"The refresh token was replaced in store {session.SessionStore.Name} meanwhile; using that one.");
                return !renewalRequest.Requirement.Force && Freshness.IsFresh(stored, renewalRequest.Requirement.MinimumLifetime, session)
                    ? stored
                    : await SendAsync(session, context, stored, renewalRequest, held).ConfigureAwait(false);
            }

            return CanSignIn(session, renewalRequest, previous) ? null : throw Explained(refused, session, previous);
        }
    }

    // Not canceled with its callers: half-way, the old token is spent and the new one is not yet here.
    private async Task<TokenSet> SendAsync(AuthSession session, GrantContext context, TokenSet previous, RenewalRequest renewalRequest, IStoreLock held)
    {
        ISessionStore store = session.SessionStore;
        DateTimeOffset sentOn = previous.InDoubtSince ?? clock.GetUtcNow();
        if (store.IsShared && !await store.WriteAsync(session.Key, previous.WithDoubt(sentOn), held, CancellationToken.None).ConfigureAwait(false))
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"The lock of store {store.Name} ran out before the refresh token of {session.Authority} was sent: this process stood still for too long. Nothing was sent.",
                new ErrorDetails { Service = session.Authority, Action = "Call again.", WasNotSent = true });
        }

        try
        {
            GrantContext renewal = context with { Previous = previous };
            return session.GrantUsed is IOwnGrant own
                ? await own.RenewAsync(renewal, previous, CancellationToken.None).ConfigureAwait(false)
                : await GrantRegistry.Refresh.AcquireAsync(renewal, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AuthException failure) when (context.Replaced?.Kept is null)
        {
            bool isInDoubt = previous.InDoubtSince is not null || MayBeSpent(failure);
            if (isInDoubt || store.IsShared)
            {
                await MarkAsync(session, previous, isInDoubt ? sentOn : null, held).ConfigureAwait(false);
            }

            throw MayBeSpent(failure) ? LostAnswer(failure, session) : failure;
        }
    }

    // Where the store fails as well, the mark from before the sending stays: on the safe side.
    // Newer tokens than those that were sent are nobody's to overwrite.
    private static async Task MarkAsync(AuthSession session, TokenSet previous, DateTimeOffset? inDoubtSince, IStoreLock held)
    {
        try
        {
            TokenSet? stored = await session.SessionStore.ReadAsync(session, CancellationToken.None).ConfigureAwait(false);
            if (stored is null || stored.RefreshToken?.Matches(previous.RefreshToken) == true)
            {
                await session.SessionStore.WriteAsync(session.Key, previous.WithDoubt(inDoubtSince), held, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (AuthException)
        {
            // What the service said is the failure to tell.
        }
    }

    private static bool IsNoLongerTaken(AuthException refused) => refused.Code is AuthErrorId.RefreshTokenExpired or AuthErrorId.TokenReused;

    // A refusal without a code that anybody knows says nothing but no. Who holds a credential signs in again and learns the rest.
    private static bool IsBare(AuthException refused) =>
        (refused.StatusCode is 200 or 400 or 401 or 403)
        && (refused.Code is AuthErrorId.InvalidRequest or AuthErrorId.InvalidCredentials or AuthErrorId.AccessDenied)
        && (refused.OAuthError is null || AuthModule.Operations.ReplyErrors.KnownId(refused.OAuthError) is null);

    /// <summary>The request may have arrived, and no answer tells what became of it.</summary>
    private static bool MayBeSpent(AuthException failure) => failure.Code switch
    {
        AuthErrorId.Timeout or AuthErrorId.MalformedResponse => true,
        AuthErrorId.NetworkFailure => !failure.Details.WasNotSent,

        // Only 503 that says when to come again says that nothing was done: gateways answer the others when the service broke off.
        AuthErrorId.ServerError => failure.StatusCode is not 503 || failure.RetryAfter is null,
        _ => false,
    };

    private static AuthException LostAnswer(AuthException failure, AuthSession session) => AuthError.Create(
        failure.Code,
        $"{failure.Message} Whether {session.Authority} took the refresh token is not known; it is not sent again by itself.",
        failure.Details with
        {
            Cause = failure.InnerException,
            Action = session.GrantUsed.CanRepeat(session.Request)
                ? "Call again: the next call signs in anew."
                : "The access token works until it ends. After that the next call tries the refresh token once more; if it was spent, sign in again.",
        });

    private static AuthException Explained(AuthException refused, AuthSession session, TokenSet previous) => previous.InDoubtSince is { } since
        ? AuthError.Create(
            refused.Code,
            string.Format(
                CultureInfo.InvariantCulture,
                "{0} The answer to an earlier renewal (sent {1:u}) never reached the store, so that this refresh token was most likely spent by it.",
                refused.Message,
                since),
            refused.Details with { Cause = refused.InnerException })
        : refused;
}
