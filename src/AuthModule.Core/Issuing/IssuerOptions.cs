using System;

namespace AuthModule.Issuing;

/// <summary>What a caller wants of a new issuer; what is null comes from the environment or is the standard.</summary>
internal sealed record IssuerOptions
{
    /// <summary>The caller's own store.</summary>
    public ITokenStore? Store { get; init; }

    /// <summary>One of ours, by its name.</summary>
    public string? StoreName { get; init; }

    public TimeSpan? TokenLifetime { get; init; }

    public TimeSpan? RefreshLifetime { get; init; }

    public TokenFormat TokenFormat { get; init; } = TokenFormat.Opaque;

    public bool TracksUsage { get; init; }

    public int? TokenRateLimit { get; init; }

    public int? ClientRateLimit { get; init; }

    public TimeSpan? RateWindow { get; init; }
}
