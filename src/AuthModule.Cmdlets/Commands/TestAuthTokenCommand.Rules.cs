using System;
using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Arguments;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Validation;

namespace AuthModule.Commands;

/// <summary>What the token has to be.</summary>
public sealed partial class TestAuthTokenCommand
{
    private static readonly ValidationRules Defaults = new();

    /// <summary>Your own issuer (New-AuthIssuer), whose records know the token; or the name of the expected issuer, where it differs from the authority.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [IssuerArgument]
    public object? Issuer { get; set; }

    /// <summary>One of these must be among the token's audiences.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Audience { get; set; } = [];

    /// <summary>The token must have been issued to one of these clients.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ClientId { get; set; } = [];

    /// <summary>What the token is for.</summary>
    [Parameter]
    [ValidateSet("access", "id", "any", "logout")]
    public string TokenUse { get; set; } = "access";

    /// <summary>Scopes that the token must have.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RequiredScope { get; set; } = [];

    /// <summary>How many of them.</summary>
    [Parameter]
    [ValidateSet("All", "Any")]
    public string ScopeMatch { get; set; } = "All";

    /// <summary>Groups that the token must name, all of them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RequiredGroup { get; set; } = [];

    /// <summary>Claims and their values: a list is one of them, a [regex] must match, $null must not be there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? RequiredClaim { get; set; }

    /// <summary>Your own rule: gets the claims as <c>$_</c> and as its argument, gives one value, <c>$true</c> or <c>$false</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Condition { get; set; }

    /// <summary>The certificate that the caller showed on its connection, for tokens that are bound to one (RFC 8705).</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>A file or an address with the issuer's keys, where they are not found by the service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Jwks { get; set; }

    /// <summary>The secret shared with the issuer, for tokens that HMAC protects; without it those are refused.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? HmacSecret { get; set; }

    /// <summary>The key that encrypted tokens are for: a PEM, JWK, JWK set or PFX file, or a certificate (<c>Cert:\CurrentUser\My\...</c>).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DecryptionKey { get; set; }

    /// <summary>The password of <see cref="DecryptionKey"/> where that is an encrypted PEM or a PFX.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? DecryptionKeyPassword { get; set; }

    /// <summary>How far the clocks may be apart; a minute where it is not given.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan ClockSkew { get; set; } = Defaults.ClockSkew;

    /// <summary>Looks at shape and expiry only: nothing is sent and nothing is verified.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>Asks the service whether the token is good (RFC 7662), also of one that only the service can read.</summary>
    [Parameter]
    public SwitchParameter Introspect { get; set; }

    /// <summary>The client that asks, by id and secret; without it that of the session with the service.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? IntrospectionCredential { get; set; }

    /// <summary>Also says what the best practices advise against in the token: as warnings, with <c>-Detailed</c> in the result.</summary>
    [Parameter]
    public SwitchParameter Advise { get; set; }

    private ValidationRules Rules() => new()
    {
        Issuers = Issuer is string name ? [name] : [],
        Audiences = Audience,
        ClientIds = ClientId,
        Use = ValidationArguments.Name<TokenUse>(TokenUse),
        RequiredScopes = RequiredScope,
        ScopeMatch = ValidationArguments.Name<ScopeMatch>(ScopeMatch),
        RequiredGroups = RequiredGroup,
        RequiredClaims = ValidationArguments.Claims(RequiredClaim),
        Condition = Condition is { } rule ? claims => OnPipeline(() => ConditionArgument.Holds(rule, claims)) : null,
        ClockSkew = Duration.NotNegative(ClockSkew, "-ClockSkew"),
        HmacSecret = HmacSecret is null ? null : new SecretKeySource(Secret.From(HmacSecret)!),
        Decryption = DecryptionArgument.Read(this, DecryptionKey, DecryptionKeyPassword)?.Read(),
        CallerCertificate = ClientCertificate is null ? null : CertificateThumbprint.Sha256(ClientCertificate.RawData),
        Offline = Offline,
        Advise = Advise,
    };
}
