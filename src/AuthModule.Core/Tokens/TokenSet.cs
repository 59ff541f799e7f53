using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using AuthModule.Secrets;

namespace AuthModule.Tokens;

/// <summary>What a service handed out in one reply, and how long it is good for. Never changes: a renewal makes a new one.</summary>
internal sealed record TokenSet
{
    // A machine that slept longer has lost more than tokens; a wall clock that jumps farther was wrong before.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(30);

    private readonly TimeProvider clock;
    private readonly long acquiredAt;
    private readonly DateTimeOffset acquiredOn;

    /// <param name="clock">Measures the life of the token, independent of changes to the wall clock.</param>
    /// <param name="acquiredAt">The clock's timestamp from which <see cref="Lifetime"/> counts: when the request went out.</param>
    public TokenSet(TimeProvider clock, long acquiredAt)
    {
        this.clock = clock;
        this.acquiredAt = acquiredAt;
        acquiredOn = clock.GetUtcNow() - clock.GetElapsedTime(acquiredAt);
    }

    [Stored]
    public required Secret AccessToken { get; init; }

    [Stored]
    public Secret? RefreshToken { get; init; }

    [Stored]
    public Secret? IdToken { get; init; }

    /// <summary>False where it is kept unread, because nobody knows who vouches for it.</summary>
    [Stored]
    public bool IsIdTokenVerified { get; init; }

    /// <summary>How long the refresh token lives, where the reply that brought it says so; null where it does not, or not any end.</summary>
    [NotStored("it only says for how long the entry is kept")]
    public TimeSpan? RefreshLifetime { get; init; }

    [Stored]
    public string TokenType { get; init; } = "Bearer";

    [Stored]
    public IReadOnlyList<string> Scopes { get; init; } = [];

    [Stored]
    public string? Subject { get; init; }

    [Stored]
    public required DateTimeOffset IssuedOn { get; init; }

    [Stored]
    public required DateTimeOffset ExpiresOn { get; init; }

    /// <summary>From the request on; <see cref="TimeSpan.MaxValue"/> does not end.</summary>
    [Stored]
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The name of the grant that a person or a secret took part in; renewals keep it.</summary>
    [Stored]
    public required string SignInGrant { get; init; }

    /// <summary>What the description keeps of replies; a renewal that brings none leaves them.</summary>
    [Stored]
    public IReadOnlyList<KeptValue> Kept { get; init; } = [];

    /// <summary>The service's clock less this machine's, by the <c>Date</c> of the reply; null where it sent none.</summary>
    [Stored]
    public TimeSpan? Skew { get; init; }

    /// <summary>The private key that the tokens are bound to, as a JWK (RFC 9449); null for bearer tokens.</summary>
    [Stored]
    public Secret? ProofKey { get; init; }

    /// <summary>
    /// When the refresh token was sent to the service and no answer came back, by this machine's clock: it may be spent.
    /// Null while it is known to be good.
    /// </summary>
    [Stored]
    public DateTimeOffset? InDoubtSince { get; init; }

    /// <summary>Read from a store that outlives the process; false for what this process got itself.</summary>
    [NotStored("it says that it was read")]
    public bool IsFromStore { get; init; }

    /// <summary>Of the entry that they were read from; null for what comes from no store, or from an entry without one.</summary>
    [Stored]
    public EntryRevision? Revision { get; init; }

    public TimeSpan Remaining => Lifetime == TimeSpan.MaxValue ? TimeSpan.MaxValue : Lifetime - Elapsed;

    // The monotonic clock is not moved by changes of the wall clock, but on some systems it stands still while the machine
    // sleeps. A wall clock that is ahead of it counts, as the machine may have slept: at worst one token is renewed too early
    // per jump. One that is behind does not count, nor one that is farther ahead than any sleep.
    private TimeSpan Elapsed
    {
        get
        {
            TimeSpan measured = clock.GetElapsedTime(acquiredAt);
            TimeSpan shown = clock.GetUtcNow() - acquiredOn;
            return shown > measured && shown - measured <= LongestSleep ? shown : measured;
        }
    }

    /// <summary>The same with what later replies of the same sign-in brought.</summary>
    public TokenSet WithKept(IReadOnlyList<KeptValue> kept) => this with { Kept = kept };

    /// <summary>The same with the lifetime that a later reply of the same sign-in says.</summary>
    public TokenSet WithLifetime(TimeSpan lifetime) => this with
    {
        Lifetime = lifetime,
        ExpiresOn = lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : acquiredOn + lifetime,
    };

    public TokenSet WithRefreshToken(Secret refreshToken) => this with { RefreshToken = refreshToken };

    /// <summary>The same with the ID token of an earlier reply.</summary>
    public TokenSet WithIdTokenOf(TokenSet earlier) => this with { IdToken = earlier.IdToken, IsIdTokenVerified = earlier.IsIdTokenVerified };

    /// <summary>The same, with its ID token found good and what it says of the subject.</summary>
    public TokenSet WithVerifiedIdToken(string subject) => this with { IsIdTokenVerified = true, Subject = subject };

    public TokenSet WithDoubt(DateTimeOffset? since) => this with { InDoubtSince = since };

    /// <summary>One reply equals no other, whatever is in it.</summary>
    public bool Equals(TokenSet? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public override string ToString() => nameof(TokenSet);
}
