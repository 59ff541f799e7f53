using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Validation;

namespace AuthModule.Commands;

/// <summary>What the token has to be.</summary>
public sealed partial class TestAuthTokenCommand
{
    private static readonly ValidationRules Defaults = new();

    /// <summary>The expected issuer, where it differs from the authority; or an AuthIssuer, whose records know its tokens.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
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
    [ValidateSet("access", "id", "any")]
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
    [ValidateNotNull]
    public Hashtable? RequiredClaim { get; set; }

    /// <summary>Your own rule: gets the claims as <c>$_</c> and as its argument, says true or false.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Condition { get; set; }

    /// <summary>A file or an address with the issuer's keys, where they are not found by the service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Jwks { get; set; }

    /// <summary>How far the clocks may be apart; a minute where it is not given.</summary>
    [Parameter]
    public TimeSpan ClockSkew { get; set; } = Defaults.ClockSkew;

    /// <summary>Asks the server about the token (RFC 7662), which knows of revocations.</summary>
    [Parameter]
    public SwitchParameter Introspect { get; set; }

    /// <summary>Looks at shape and expiry only: nothing is sent and nothing is verified.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    private ValidationRules Rules() => new()
    {
        Issuers = RequestFields.Unwrap(Issuer) is { } issuer and not AuthIssuer ? [issuer.ToString()!] : [],
        Audiences = Audience,
        ClientIds = ClientId,
        Use = ValidationArguments.Name<TokenUse>(TokenUse),
        RequiredScopes = RequiredScope,
        ScopeMatch = ValidationArguments.Name<ScopeMatch>(ScopeMatch),
        RequiredGroups = RequiredGroup,
        RequiredClaims = ValidationArguments.Claims(RequiredClaim),
        Condition = Condition is { } rule ? claims => OnPipeline(() => Holds(rule, claims)) : null,
        ClockSkew = ClockSkew,
        Offline = Offline,
    };

    private static bool Holds(ScriptBlock rule, IReadOnlyDictionary<string, object?> claims) =>
        LanguagePrimitives.IsTrue(rule.InvokeWithContext(null, [new PSVariable("_", claims)], claims));
}
