using System;
using System.Linq;
using AuthModule.Json;
using AuthModule.Operations;
using AuthModule.Providers;

namespace AuthModule.Tokens;

/// <summary>
/// How long a new token lives: what the reply says, else the token's own <c>exp</c>, else what was asked for, else the
/// description's default. What cannot be a lifetime is not one: the next source counts, and the token is not lost to it.
/// </summary>
internal static class TokenLifetime
{
    /// <summary>Above zero; <see cref="TimeSpan.MaxValue"/> where it does not end.</summary>
    public static TimeSpan Read(ReplyDocument document, ReplyDescription description, DecodedToken? access, TimeSpan? wish, DateTimeOffset serverNow) =>
        Said(document, description, serverNow)
            ?? Until(access?.ExpiresOn, serverNow)
            ?? wish
            ?? Default(description);

    /// <summary>What the reply itself says; null where it says nothing that can be a lifetime.</summary>
    public static TimeSpan? Said(ReplyDocument document, ReplyDescription description, DateTimeOffset serverNow)
    {
        string? duration = TextOf(document, description.ExpiresIn);
        string? end = TextOf(document, description.ExpiresAt);
        if (IsEndless(duration, description) || IsEndless(end, description))
        {
            return TimeSpan.MaxValue;
        }

        return (duration is null ? null : LifetimeText.Duration(duration, description.ExpiresInUnit))
            ?? (end is null ? null : Until(LifetimeText.PointInTime(end, description.ExpiresAtUnit, description.ExpiresAtFormat), serverNow));
    }

    /// <summary>Of a token that no reply brought: its own <c>exp</c>, else the description's default.</summary>
    public static TimeSpan Of(DecodedToken? token, ReplyDescription description, DateTimeOffset now) => Until(token?.ExpiresOn, now) ?? Default(description);

    /// <summary>Of the refresh token. Null where nothing is said, or what Keycloak says of one that does not end: 0.</summary>
    public static TimeSpan? ReadRefresh(ReplyDocument document, ReplyDescription description) =>
        TextOf(document, description.RefreshExpiresIn) is { } text ? LifetimeText.Duration(text, TimeUnit.Seconds) : null;

    private static TimeSpan Default(ReplyDescription description) =>
        description.DefaultLifetime == 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(description.DefaultLifetime);

    private static TimeSpan? Until(DateTimeOffset? end, DateTimeOffset now) => end - now is { } left && left > TimeSpan.Zero ? left : null;

    private static string? TextOf(ReplyDocument document, ReplyPlaces places) => document.Find(places) is { } value ? JsonPath.Scalar(value) : null;

    private static bool IsEndless(string? text, ReplyDescription description) =>
        text is not null && description.EndlessWhen.Any(word => string.Equals(word, text.Trim(), StringComparison.OrdinalIgnoreCase));
}
