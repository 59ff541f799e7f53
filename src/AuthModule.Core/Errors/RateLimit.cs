using System;

namespace AuthModule;

/// <summary>What a server said of its rate limit (<c>X-RateLimit-*</c> or <c>RateLimit-*</c> headers).</summary>
public sealed class RateLimit
{
    /// <summary>Requests allowed in a window; null when not told.</summary>
    public long? Limit { get; init; }

    /// <summary>Requests left in this window; null when not told.</summary>
    public long? Remaining { get; init; }

    /// <summary>When the window ends; null when not told.</summary>
    public DateTimeOffset? ResetsOn { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Remaining} of {Limit} left, resets {ResetsOn:u}");
}
