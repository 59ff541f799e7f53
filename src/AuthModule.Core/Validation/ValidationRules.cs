using System;
using System.Collections.Generic;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;

namespace AuthModule.Validation;

/// <summary>What a token must be to pass. Built once per endpoint or call, used for any number of tokens from any thread.</summary>
internal sealed record ValidationRules
{
    /// <summary>Where the issuer's keys come from; null only with <see cref="HmacSecret"/>, or when <see cref="Offline"/>.</summary>
    public IKeySource? Keys { get; init; }

    /// <summary>Compared letter by letter. Empty takes the issuer that the key source speaks for, else <see cref="ServiceNames"/>.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = [];

    /// <summary>What the issuer may be called by what was said of the service (its authority, its described issuer), wherever the keys come from.</summary>
    public IReadOnlyList<string> ServiceNames { get; init; } = [];

    /// <summary>One of these must be in <c>aud</c>. Empty does not check (except an ID token's, see <see cref="ClientIds"/>).</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>
    /// An access token must have been issued to one of these, an ID or logout token for one of these; for those, <see cref="Audiences"/>
    /// counts where it is empty.
    /// </summary>
    public IReadOnlyList<string> ClientIds { get; init; } = [];

    public TokenUse Use { get; init; } = TokenUse.Access;

    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    public ScopeMatch ScopeMatch { get; init; } = ScopeMatch.All;

    /// <summary>All of them are required.</summary>
    public IReadOnlyList<string> RequiredGroups { get; init; } = [];

    /// <summary>By claim name or dotted path. A list: one of these. A regular expression: must match. Null: must not be there.</summary>
    public IReadOnlyDictionary<string, object?>? RequiredClaims { get; init; }

    /// <summary>The user's own rule; gets a copy of the claims, only of a token whose signature is good.</summary>
    public Func<IReadOnlyDictionary<string, object?>, bool>? Condition { get; init; }

    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Shape and expiry only: nothing is sent, nothing is verified.</summary>
    public bool Offline { get; init; }

    public ClaimNames ClaimNames { get; init; } = ClaimNames.Default;

    /// <summary>The nonce that was sent with the authorization request; null when there was none.</summary>
    public string? Nonce { get; init; }

    /// <summary>How long ago the person may have signed in, by <c>auth_time</c>; null does not look at it.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>One of these has to be how the person signed in (<c>acr</c>). Empty does not look at it.</summary>
    public IReadOnlyList<string> ContextClasses { get; init; } = [];

    /// <summary>Of a signed message that is no token (<see cref="TokenUse.Message"/>): what its <c>typ</c> may be; without any, <c>JWT</c> or nothing.</summary>
    public string? MessageType { get; init; }

    /// <summary>True for a signed message that need not say until when it is good; where it does, that counts.</summary>
    public bool IsExpiryOptional { get; init; }

    /// <summary>The access token that came with an ID token, for <c>at_hash</c>; null does not check it.</summary>
    public Secret? AccessToken { get; init; }

    /// <summary>The authorization code that came with an ID token, for <c>c_hash</c>; null does not check it.</summary>
    public Secret? Code { get; init; }

    /// <summary>Null allows all that are known and asymmetric, and HS256 and longer when <see cref="HmacSecret"/> is given.</summary>
    public IReadOnlyList<string>? AllowedAlgorithms { get; init; }

    /// <summary>Verifies HMAC; without it such tokens are refused, whatever keys there are.</summary>
    public SecretKeySource? HmacSecret { get; init; }

    /// <summary>Decrypts tokens that are encrypted to it (RFC 7516); without it they are refused.</summary>
    public DecryptionKeys? Decryption { get; init; }

    /// <summary>The token came as <c>Authorization: Bearer</c>: one that is bound to a proof of possession is no good without it (RFC 9449, section 7.2).</summary>
    public bool IsBearer { get; init; }

    /// <summary>
    /// The SHA-256 thumbprint (base64url) of the certificate that the caller showed in TLS; null where none is known. A token that is
    /// bound to one is no good without it (RFC 8705, section 3).
    /// </summary>
    public string? CallerCertificate { get; init; }

    /// <summary>Also say what the best practices advise against in the token.</summary>
    public bool Advise { get; init; }

    /// <summary>For the protection space of <c>WWW-Authenticate</c>; null leaves it out.</summary>
    public string? Realm { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
