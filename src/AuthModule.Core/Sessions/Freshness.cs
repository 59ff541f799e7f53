using System;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// The three states of a token: fresh is handed out; stale too, while it is renewed in the background; else callers wait. A
/// short-lived token is stale only near its end, so that it is not fetched again at every call.
/// </summary>
internal static class Freshness
{
    private static readonly TimeSpan DefaultMinimum = TimeSpan.FromMinutes(1);

    // A fleet that started in one moment renews over this time, each session at its own point.
    private static readonly TimeSpan LongestJitter = TimeSpan.FromMinutes(2);

    // With less, it may end on its way to the API.
    private static readonly TimeSpan SmallestServed = TimeSpan.FromSeconds(10);

    // What a caller asks for beyond this share of a token's whole life, the service cannot give for longer than a moment.
    private const double LargestAskedShare = 0.9;
    private const double LargestDefaultShare = 0.1;
    private const double LargestServedShare = 0.05;

    /// <param name="tokens">The token.</param>
    /// <param name="minimumLifetime">What a caller asks for, exactly; null takes the default and the session's jitter.</param>
    /// <param name="jitter">The session's, from 0 to 1: <see cref="SessionKey.Jitter"/>.</param>
    /// <param name="renewBefore">The description's own margin; null is ours.</param>
    public static bool IsFresh(TokenSet tokens, TimeSpan? minimumLifetime, double jitter, TimeSpan? renewBefore = null) =>
        tokens.Remaining > Margin(tokens, minimumLifetime, jitter, renewBefore);

    /// <summary>The same for a session, as its service wants it.</summary>
    public static bool IsFresh(TokenSet tokens, TimeSpan? minimumLifetime, AuthSession session) =>
        IsFresh(tokens, minimumLifetime, session.Key.Jitter, session.Service.Description.RenewBefore)
        || (minimumLifetime is null && tokens.RefreshToken is not null && IsUsable(tokens) && !MayRenew(tokens, session.Service.Description.RenewNotBefore));

    /// <summary>Whether the service takes a renewal by a refresh token by now.</summary>
    public static bool MayRenew(TokenSet tokens, TimeSpan? renewNotBefore) => renewNotBefore is not { } first || tokens.Remaining <= first;

    /// <summary>Whether it can be handed out although it is not fresh.</summary>
    public static bool CanServe(TokenSet tokens) => tokens.Remaining > Smaller(SmallestServed, tokens, LargestServedShare);

    public static bool IsUsable(TokenSet tokens) => tokens.Remaining > TimeSpan.Zero;

    public static SessionState StateOf(TokenSet tokens, AuthSession session) =>
        IsFresh(tokens, null, session) ? SessionState.Fresh : IsUsable(tokens) ? SessionState.Stale : SessionState.Expired;

    private static TimeSpan Margin(TokenSet tokens, TimeSpan? minimumLifetime, double jitter, TimeSpan? renewBefore)
    {
        if (minimumLifetime is { } asked)
        {
            return Smaller(asked, tokens, LargestAskedShare);
        }

        if (renewBefore is { } described)
        {
            return Smaller(described, tokens, LargestAskedShare);
        }

        TimeSpan spread = Smaller(LongestJitter, tokens, LargestDefaultShare);
        return Smaller(DefaultMinimum, tokens, LargestDefaultShare) + TimeSpan.FromTicks((long)(spread.Ticks * jitter));
    }

    private static TimeSpan Smaller(TimeSpan wanted, TokenSet tokens, double share)
    {
        if (tokens.Lifetime == TimeSpan.MaxValue)
        {
            return TimeSpan.Zero;
        }

        var cap = TimeSpan.FromTicks((long)(tokens.Lifetime.Ticks * share));
        return wanted < cap ? wanted : cap;
    }
}
