using System;
using System.Collections.Generic;
using AuthModule.Secrets;

namespace AuthModule.Tokens;

/// <summary>What a service handed out in one reply, and how long it is good for. Never changes: a renewal makes a new one.</summary>
internal sealed class TokenSet
{
    private readonly TimeProvider clock;
    private readonly long acquiredAt;

    /// <param name="clock">Measures the life of the token, independent of changes to the wall clock.</param>
    /// <param name="acquiredAt">The clock's timestamp from which <see cref="Lifetime"/> counts: when the request went out.</param>
    public TokenSet(TimeProvider clock, long acquiredAt)
    {
        this.clock = clock;
        this.acquiredAt = acquiredAt;
    }

    public required Secret AccessToken { get; init; }

    public Secret? RefreshToken { get; init; }

    public Secret? IdToken { get; init; }

    public string TokenType { get; init; } = "Bearer";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Subject { get; init; }

    public required DateTimeOffset IssuedOn { get; init; }

    public required DateTimeOffset ExpiresOn { get; init; }

    /// <summary>From the request on; <see cref="TimeSpan.MaxValue"/> does not end.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The name of the grant that a person or a secret took part in; renewals keep it.</summary>
    public required string SignInGrant { get; init; }

    /// <summary>The private key that the tokens are bound to, as a JWK (RFC 9449); null for bearer tokens.</summary>
    public Secret? ProofKey { get; init; }

    public TimeSpan Remaining => Lifetime == TimeSpan.MaxValue ? TimeSpan.MaxValue : Lifetime - clock.GetElapsedTime(acquiredAt);

    public TokenSet WithRefreshToken(Secret refreshToken) => new(clock, acquiredAt)
    {
        AccessToken = AccessToken,
        RefreshToken = refreshToken,
        IdToken = IdToken,
        TokenType = TokenType,
        Scopes = Scopes,
        Subject = Subject,
        IssuedOn = IssuedOn,
        ExpiresOn = ExpiresOn,
        Lifetime = Lifetime,
        SignInGrant = SignInGrant,
        ProofKey = ProofKey,
    };
}
