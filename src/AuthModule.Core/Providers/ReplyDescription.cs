using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>In what unit a service counts a time.</summary>
internal enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Whatever the size of the number shows: points in time only.</summary>
    Auto,

    /// <summary>An RFC 3339 text: points in time only.</summary>
    Text,
}

/// <summary>
/// Where in a reply its parts are. A path is names joined by dots; the first path that is there counts. The standard is
/// RFC 6749, section 5.1.
/// </summary>
internal sealed record ReplyDescription
{
    public IReadOnlyList<string> AccessToken { get; init; } = ["access_token"];

    public IReadOnlyList<string> RefreshToken { get; init; } = ["refresh_token"];

    public IReadOnlyList<string> IdToken { get; init; } = ["id_token"];

    public IReadOnlyList<string> TokenType { get; init; } = ["token_type"];

    public IReadOnlyList<string> Scope { get; init; } = ["scope"];

    public IReadOnlyList<string> Subject { get; init; } = ["sub"];

    /// <summary>How long the token lives from now.</summary>
    public IReadOnlyList<string> ExpiresIn { get; init; } = ["expires_in"];

    public TimeUnit ExpiresInUnit { get; init; } = TimeUnit.Seconds;

    /// <summary>When the token ends.</summary>
    public IReadOnlyList<string> ExpiresAt { get; init; } = [];

    public TimeUnit ExpiresAtUnit { get; init; } = TimeUnit.Auto;

    /// <summary>When the token was issued: a number of seconds or milliseconds since 1970, or an RFC 3339 text.</summary>
    public IReadOnlyList<string> IssuedAt { get; init; } = [];

    public IReadOnlyList<string> RefreshExpiresIn { get; init; } = ["refresh_expires_in", "refresh_token_expires_in"];

    /// <summary>When set and there is no kind in the reply, what <see cref="ExpiresIn"/> falls back to, in seconds.</summary>
    public int DefaultLifetime { get; init; } = 3600;
}
