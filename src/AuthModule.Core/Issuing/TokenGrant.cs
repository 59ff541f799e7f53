using System;
using System.Collections.Generic;

namespace AuthModule.Issuing;

/// <summary>For whom, to whom and for what a token is issued. Everything in it survives a refresh.</summary>
internal sealed record TokenGrant
{
    public const string DefaultJwtType = "at+jwt"; // RFC 9068, section 2.1

    public required string Subject { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The client that asked; null where the issuer is used without clients.</summary>
    public string? ClientId { get; init; }

    /// <summary>The <c>aud</c> of a JWT; empty leaves it out.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>The <c>iss</c> of a JWT; null takes the issuer's own, empty leaves it out.</summary>
    public string? Issuer { get; init; }

    /// <summary>The <c>typ</c> of a JWT's header.</summary>
    public string JwtType { get; init; } = DefaultJwtType;

    /// <summary>Further claims of a JWT: strings, numbers, booleans, lists and maps of them. They win over the standard ones, and null takes one of those away.</summary>
    public IReadOnlyDictionary<string, object?> Claims { get; init; } = new Dictionary<string, object?>();

    /// <summary>Null takes the issuer's.</summary>
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>Null takes the issuer's.</summary>
    public TimeSpan? RefreshLifetime { get; init; }

    /// <summary>Null takes the issuer's.</summary>
    public TokenFormat? Format { get; init; }

    public bool WithRefreshToken { get; init; } = true;
}
