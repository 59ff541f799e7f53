using System;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Tokens;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>One session's token; the engine's own rules say when it is renewed.</summary>
internal sealed class CachedToken(SimulatedClock clock, TimeSpan lifetime, double jitter)
{
    private static readonly Secret AccessToken = Secret.From("simulated");

    private TokenSet? tokens;
    private TokenSet? before;

    /// <summary>Whether this call costs a request. A stale token does too: its renewal runs in the background, once.</summary>
    public bool Ask()
    {
        if (tokens is not null && Freshness.IsFresh(tokens, null, jitter))
        {
            return false;
        }

        DateTimeOffset now = clock.GetUtcNow();
        before = tokens;
        tokens = new TokenSet(clock, clock.GetTimestamp())
        {
            AccessToken = AccessToken,
            IssuedOn = now,
            ExpiresOn = now + lifetime,
            Lifetime = lifetime,
            SignInGrant = "client_credentials",
        };
        return true;
    }

    /// <summary>The process that kept it has ended.</summary>
    public void Forget() => tokens = null;

    /// <summary>The store's node was killed: what it was given since this time is gone, and what it had before is there again.</summary>
    /// <returns>Whether something was lost.</returns>
    public bool LoseSince(DateTimeOffset time)
    {
        if (tokens is null || tokens.IssuedOn < time)
        {
            return false;
        }

        tokens = before;
        return true;
    }
}
