using System;

namespace AuthModule;

/// <summary>What a local issuer knows of one subject at one client: tokens in use, how often they were used, and the limits. Holds no token.</summary>
public sealed class IssuerUsage
{
    internal IssuerUsage()
    {
    }

    /// <summary>Whose tokens.</summary>
    public string Subject { get; internal init; } = string.Empty;

    /// <summary>The client that they were issued to; null where there is none.</summary>
    public string? ClientId { get; internal init; }

    /// <summary>Access tokens that have neither ended nor been revoked.</summary>
    public int AccessTokens { get; internal init; }

    /// <summary>Refresh tokens that have neither ended nor been used up or revoked.</summary>
    public int RefreshTokens { get; internal init; }

    /// <summary>Sign-ins, each a new token or pair.</summary>
    public long Issued { get; internal init; }

    /// <summary>Tests of access tokens that were passed. Those of the last five seconds in other processes may be missing.</summary>
    public long Validated { get; internal init; }

    /// <summary>Renewals by refresh token.</summary>
    public long Refreshed { get; internal init; }

    /// <summary>Tests that were not passed although the token is known: a missing scope, too many tests.</summary>
    public long Refused { get; internal init; }

    /// <summary>Tokens that were revoked.</summary>
    public long Revoked { get; internal init; }

    /// <summary>The latest of all these, by the issuer's clock.</summary>
    public DateTimeOffset LastUsedOn { get; internal init; }

    /// <summary>How many tests a token may have in a window; null for no limit.</summary>
    public int? TokenRateLimit { get; internal init; }

    /// <summary>How many uses a client may have in a window: tests, sign-ins and renewals of all its tokens; null for no limit.</summary>
    public int? ClientRateLimit { get; internal init; }

    /// <summary>The length of a window.</summary>
    public TimeSpan RateWindow { get; internal init; }

    /// <summary>Where it is kept.</summary>
    public string Store { get; internal init; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Subject} at {ClientId ?? "no client"}: {AccessTokens} access tokens, {RefreshTokens} refresh tokens");
}
