using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Issuing;
using AuthModule.Secrets;
using AuthModule.Stores;
using AuthModule.Text;

namespace AuthModule;

/// <summary>
/// A local token issuer: makes, checks, renews and revokes tokens whose records are in a store. The store holds hashes,
/// never a token. Safe to use from many threads, and from many processes where the store is shared.
/// </summary>
public sealed partial class AuthIssuer
{
    /// <summary>3600 seconds.</summary>
    public static readonly TimeSpan DefaultTokenLifetime = TimeSpan.FromSeconds(3600);

    /// <summary>86400 seconds.</summary>
    public static readonly TimeSpan DefaultRefreshLifetime = TimeSpan.FromSeconds(86400);

    // A hundred years; the calendar ends some thousands later.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(36500);

    private readonly TimeProvider clock;
    private readonly TokenRecords records;
    private readonly TokenMint mint;
    private readonly IssuerRates rates;
    private readonly IssuerLedger ledger;

    /// <summary>An issuer on a store; null takes one in the memory of this process.</summary>
    public AuthIssuer(ITokenStore? store = null)
        : this(store, TimeProvider.System)
    {
    }

    internal AuthIssuer(ITokenStore? store, TimeProvider clock, IssuerKeys? keys = null, Func<string>? tokens = null)
    {
        this.clock = clock;
        Store = store ?? new MemoryStore(clock);
        Keys = keys ?? new IssuerKeys();
        var guard = new StoreGuard(Store);
        records = new TokenRecords(guard, clock);
        rates = new IssuerRates(guard, clock);
        ledger = new IssuerLedger(guard, clock);
        mint = tokens is null ? new TokenMint(Keys) : new TokenMint(Keys) { NextOpaque = tokens };
    }

    /// <summary>After each use, for an audit log: who, what and when. A handler that throws does not stop the use.</summary>
    public event EventHandler<TokenUsageEventArgs>? TokenUsed;

    /// <summary>Where the records are.</summary>
    public ITokenStore Store { get; }

    /// <summary>How long an access token is good; 3600 seconds by default.</summary>
    /// <exception cref="ConfigurationException"><see cref="AuthErrorId.InvalidDuration"/>: not above zero, or above 36500 days.</exception>
    public TimeSpan TokenLifetime
    {
        get;
        init => field = Positive(value, nameof(TokenLifetime));
    } = DefaultTokenLifetime;

    /// <summary>How long a refresh token is good; 86400 seconds by default.</summary>
    /// <exception cref="ConfigurationException"><see cref="AuthErrorId.InvalidDuration"/>: not above zero, or above 36500 days.</exception>
    public TimeSpan RefreshLifetime
    {
        get;
        init => field = Positive(value, nameof(RefreshLifetime));
    } = DefaultRefreshLifetime;

    /// <summary>Of access tokens; opaque by default.</summary>
    public TokenFormat TokenFormat { get; init; }

    /// <summary>The <c>iss</c> of JWT tokens.</summary>
    public string Name
    {
        get => mint.DefaultIssuer;
        init => mint.DefaultIssuer = value;
    }

    internal IssuerKeys Keys { get; }

    /// <summary>Tells two issuers of this process apart: their sessions must not be taken for each other's.</summary>
    internal string InstanceId { get; } = RandomText.Base64Url(9);

    /// <summary>The public keys of JWT tokens as a JWK set (RFC 7517), for whoever checks them.</summary>
    public string GetJwks() => Keys.ToJwks();

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Name} on {Store.Name} ({TokenFormat}, {TokenLifetime.TotalSeconds} s)");

    internal async Task<IssuedTokens> IssueAsync(TokenGrant grant, CancellationToken cancellationToken)
    {
        if (await rates.CheckClientAsync(grant.ClientId, ClientRateLimit, RateWindow, cancellationToken).ConfigureAwait(false) is { } wait)
        {
            Report("Issue", grant, AuthErrorId.RateLimited);
            throw AuthError.Create(
                AuthErrorId.RateLimited,
                $"{Name} issues no token: {IssuerRates.Reason(grant.ClientId, ClientRateLimit, RateWindow)}.",
                new ErrorDetails { Service = Name, RetryAfter = wait });
        }

        IssuedTokens tokens = await TrackAsync(grant, usage => usage.Issued++, [], () => CreateAsync(grant, grant.Scopes, cancellationToken), cancellationToken).ConfigureAwait(false);
        Report("Issue", grant);
        return tokens;
    }

    private static TimeSpan Positive(TimeSpan lifetime, string name) =>
        lifetime <= TimeSpan.Zero ? throw AuthError.Create(AuthErrorId.InvalidDuration, $"{name} must be above zero.")
        : lifetime > LongestLifetime ? throw AuthError.Create(AuthErrorId.InvalidDuration, $"{name} must not be above {LongestLifetime.TotalDays:0} days.")
        : lifetime;

    private async Task<IssuedTokens> CreateAsync(TokenGrant grant, IReadOnlyList<string> scopes, CancellationToken cancellationToken, IReadOnlyList<string>? audience = null)
    {
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan lifetime = grant.TokenLifetime ?? TokenLifetime;
        TimeSpan refreshLifetime = grant.RefreshLifetime ?? RefreshLifetime;
        TokenGrant accessGrant = grant with { Scopes = scopes, Audience = audience ?? grant.Audience };

        string access = mint.AccessToken(accessGrant, grant.Format ?? TokenFormat, now, lifetime);
        string accessKey = TokenKey.Hash(access);
        await records.SaveAsync(
            accessKey,
            new TokenRecord { Type = TokenRecord.Access, Grant = accessGrant, ExpiresAt = now + lifetime },
            cancellationToken).ConfigureAwait(false);

        string? refresh = null;
        if (grant.WithRefreshToken)
        {
            refresh = mint.NextOpaque();
            await records.SaveAsync(
                TokenKey.Hash(refresh),
                new TokenRecord { Type = TokenRecord.Refresh, Grant = grant, ExpiresAt = now + refreshLifetime, AccessTokenHash = accessKey },
                cancellationToken).ConfigureAwait(false);
        }

        return new IssuedTokens
        {
            AccessToken = Secret.From(access),
            RefreshToken = refresh is null ? null : Secret.From(refresh),
            IssuedOn = now,
            ExpiresIn = lifetime,
            RefreshExpiresIn = refreshLifetime,
            Grant = grant,
            Scopes = scopes,
        };
    }

    private void Report(string action, TokenGrant? grant, string? failure = null)
    {
        var usage = new TokenUsageEventArgs(action, clock.GetUtcNow(), grant?.Subject, grant?.ClientId, failure);
        foreach (EventHandler<TokenUsageEventArgs> handler in (TokenUsed?.GetInvocationList() ?? []).Cast<EventHandler<TokenUsageEventArgs>>())
        {
            try
            {
                handler(this, usage);
            }
#pragma warning disable CA1031 // A broken audit handler must not lock users out.
            catch (Exception)
            {
            }
#pragma warning restore CA1031
        }
    }
}
