using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation;

/// <summary>What a result needs to know besides its checks and claims.</summary>
internal sealed record TokenSummary
{
    public ClaimNames ClaimNames { get; init; } = ClaimNames.Default;

    public DateTimeOffset TestedAt { get; init; }

    /// <summary>The claims are the issuer's, whatever else is wrong with the token.</summary>
    public bool IsAuthentic { get; init; }

    /// <summary>No token was sent at all: an endpoint then asks for one and names no error (RFC 6750, section 3.1).</summary>
    public bool NothingSent { get; init; }

    public string? Realm { get; init; }

    public IReadOnlyList<string> RequiredScopes { get; init; } = [];
}
