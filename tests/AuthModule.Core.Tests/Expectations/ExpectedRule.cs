using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Expectations;

/// <summary>One expectation of a caller, and a token that does not meet it and is good otherwise.</summary>
/// <param name="Name">What is expected.</param>
/// <param name="Failure">The id with which the token is refused.</param>
/// <param name="Expect">Says it.</param>
/// <param name="Break">Changes the claims of a good token; null leaves them, because the good token itself does not meet it.</param>
internal sealed record ExpectedRule(string Name, string Failure, Func<ValidationRules, ValidationRules> Expect, Action<Dictionary<string, object?>>? Break)
{
    public static IReadOnlyList<ExpectedRule> All { get; } =
    [
        new("issuer", AuthErrorId.IssuerMismatch, rules => rules, claims => claims["iss"] = "https://evil.example"),
        new("issuer with another path", AuthErrorId.IssuerMismatch, rules => rules, claims => claims["iss"] += "x"),
        new("audience", AuthErrorId.AudienceMismatch, rules => rules with { Audiences = ["orders"] }, claims => claims["aud"] = "payroll"),
        new("client", AuthErrorId.ClientMismatch, rules => rules with { ClientIds = ["nightly"] }, claims => claims["client_id"] = "portal"),
        new("ID token", AuthErrorId.TokenUseMismatch, rules => rules with { Use = TokenUse.Id, ClientIds = ["nightly"] }, null),
        new("logout token", AuthErrorId.TokenUseMismatch, rules => rules with { Use = TokenUse.Logout, ClientIds = ["nightly"] }, null),
        new("access token", AuthErrorId.TokenUseMismatch, rules => rules, ToIdToken),
        new("scopes", AuthErrorId.InsufficientScope, rules => rules with { RequiredScopes = ["orders.read"] }, claims => claims["scope"] = "orders.list"),
        new("any scope", AuthErrorId.InsufficientScope, rules => rules with { RequiredScopes = ["orders.read", "x"], ScopeMatch = ScopeMatch.Any }, claims => claims["scope"] = "orders.list"),
        new("groups", AuthErrorId.ClaimMismatch, rules => rules with { RequiredGroups = ["staff"] }, claims => claims["groups"] = new object?[] { "guests" }),
        new("claims", AuthErrorId.ClaimMismatch, rules => rules with { RequiredClaims = new Dictionary<string, object?> { ["department"] = "sales" } }, claims => claims["department"] = "it"),
        new("condition", AuthErrorId.ClaimMismatch, rules => rules with { Condition = claims => claims["sub"] is "alice" }, claims => claims["sub"] = "mallory"),
        new("certificate", AuthErrorId.TokenUseMismatch, rules => rules with { CallerCertificate = "ours" }, claims => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = "theirs" }),
        new("a certificate at all", AuthErrorId.TokenUseMismatch, rules => rules, claims => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = "theirs" }),
        new("times", AuthErrorId.TokenExpired, rules => rules, claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600),
    ];

    public override string ToString() => Name;

    private static void ToIdToken(Dictionary<string, object?> claims)
    {
        claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ";
        claims["nonce"] = "n";
        claims.Remove("scope");
        claims.Remove("client_id");
    }
}
