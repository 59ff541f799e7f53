using System;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// When a token is renewed: with less than a minute left, but a short-lived one only in the last tenth of its life, so that
/// it is not fetched again at every call.
/// </summary>
internal static class Freshness
{
    private static readonly TimeSpan DefaultMinimum = TimeSpan.FromMinutes(1);

    // What a caller asks for beyond this share of a token's whole life, the service cannot give for longer than a moment.
    private const double LargestAskedShare = 0.9;
    private const double LargestDefaultShare = 0.1;

    public static bool IsFresh(TokenSet tokens, TimeSpan? minimumLifetime) => tokens.Remaining > Margin(tokens, minimumLifetime);

    public static bool IsUsable(TokenSet tokens) => tokens.Remaining > TimeSpan.Zero;

    public static SessionState StateOf(TokenSet tokens) =>
        IsFresh(tokens, null) ? SessionState.Fresh : IsUsable(tokens) ? SessionState.Stale : SessionState.Expired;

    private static TimeSpan Margin(TokenSet tokens, TimeSpan? minimumLifetime)
    {
        double share = minimumLifetime is null ? LargestDefaultShare : LargestAskedShare;
        TimeSpan wanted = minimumLifetime ?? DefaultMinimum;
        if (tokens.Lifetime == TimeSpan.MaxValue)
        {
            return TimeSpan.Zero;
        }

        var cap = TimeSpan.FromTicks((long)(tokens.Lifetime.Ticks * share));
        return wanted < cap ? wanted : cap;
    }
}
