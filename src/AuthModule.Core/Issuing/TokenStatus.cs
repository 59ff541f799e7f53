using System;

namespace AuthModule.Issuing;

/// <summary>What the issuer says of a token: its record where it is known, and the error id of why it is not accepted.</summary>
internal sealed record TokenStatus(TokenRecord? Record, string? Failure, string Reason)
{
    /// <summary>How long to wait where too much was asked; null otherwise.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsActive => Failure is null;

    /// <summary>For protecting an endpoint: 200, 401 for a token that is not good, 403 for one that may not do this, 429 for one that asks too often (RFC 6585, section 4).</summary>
    public int StatusCode => Failure switch
    {
        null => 200,
        AuthErrorId.InsufficientScope => 403,
        AuthErrorId.RateLimited => 429,
        _ => 401,
    };

    public static TokenStatus Active(TokenRecord record) => new(record, null, "known and not expired");

    public static TokenStatus Refused(string failure, string reason, TokenRecord? record = null) => new(record, failure, reason);
}
