using System.Collections.Generic;
using AuthModule.Secrets;
using AuthModule.TestKit.Jwts;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Validation;

/// <summary>A token of somebody else, for somebody else, or that may do less; signed by the issuer.</summary>
internal static class IdentityAttacks
{
    public static void Add(AttackList list)
    {
        foreach (string issuer in (string[])["https://id.example.com/", "https://ID.example.com", "HTTPS://id.example.com", "http://id.example.com", "https://id.example.com.evil.example", "https://id.example.com:443", "https://id.example.com?x", " https://id.example.com", "https://id.exаmple.com", "id.example.com", ""])
        {
            list.AddSigned($"issuer '{issuer}'", AuthErrorId.IssuerMismatch, (_, claims) => claims["iss"] = issuer);
        }

        list.AddSigned("no issuer", AuthErrorId.IssuerMismatch, (_, claims) => claims.Remove("iss"));
        list.AddSigned("issuer is a list with the right one", AuthErrorId.IssuerMismatch, (_, claims) => claims["iss"] = new[] { TestIssuer.Name });
        list.AddSigned("issuer is null", AuthErrorId.IssuerMismatch, (_, claims) => claims["iss"] = null);
        list.AddSigned("another issuer than the rules say", AuthErrorId.IssuerMismatch, (_, _) => { }, rules => rules with { Issuers = ["https://other.example.com"] });

        foreach (string audience in (string[])["orders ", "Orders", "orders.evil.example", "оrders", "order", "ordersx", "orders billing", "", "*"])
        {
            list.AddSigned($"audience '{audience}'", AuthErrorId.AudienceMismatch, (_, claims) => claims["aud"] = audience);
        }

        list.AddSigned("no audience", AuthErrorId.AudienceMismatch, (_, claims) => claims.Remove("aud"));
        list.AddSigned("an empty list of audiences", AuthErrorId.AudienceMismatch, (_, claims) => claims["aud"] = new string[0]);
        list.AddSigned("audiences with a number among them", AuthErrorId.AudienceMismatch, (_, claims) => claims["aud"] = new object[] { "orders", 1 });
        list.AddSigned("audience is an object", AuthErrorId.AudienceMismatch, (_, claims) => claims["aud"] = new Dictionary<string, object?> { ["orders"] = true });
        list.AddSigned("audience is null", AuthErrorId.AudienceMismatch, (_, claims) => claims["aud"] = null);

        list.AddSigned("issued to another client", AuthErrorId.ClientMismatch, (_, claims) => claims["client_id"] = "daily", ForClient);
        list.AddSigned("issued to a client in another case", AuthErrorId.ClientMismatch, (_, claims) => claims["client_id"] = "Nightly", ForClient);
        list.AddSigned("issued to no client", AuthErrorId.ClientMismatch, (_, claims) => claims.Remove("client_id"), ForClient);
        list.AddSigned("client id is a list", AuthErrorId.ClientMismatch, (_, claims) => claims["client_id"] = new[] { "nightly" }, ForClient);
        list.AddSigned("client_id of another client, azp of the right one", AuthErrorId.ClientMismatch, (_, claims) => { claims["client_id"] = "daily"; claims["azp"] = "nightly"; }, ForClient);

        list.AddSigned("a scope is missing", AuthErrorId.InsufficientScope, (_, _) => { }, rules => rules with { RequiredScopes = ["orders.read", "orders.write"] });
        list.AddSigned("none of the scopes", AuthErrorId.InsufficientScope, (_, _) => { }, rules => rules with { RequiredScopes = ["orders.write", "admin"], ScopeMatch = ScopeMatch.Any });
        list.AddSigned("scope in another case", AuthErrorId.InsufficientScope, (_, claims) => claims["scope"] = "ORDERS.READ", ForScope);
        list.AddSigned("scope that begins alike", AuthErrorId.InsufficientScope, (_, claims) => claims["scope"] = "orders.readonly", ForScope);
        list.AddSigned("scopes joined by a comma", AuthErrorId.InsufficientScope, (_, claims) => claims["scope"] = "orders.read,orders.write", ForScope);
        list.AddSigned("scopes joined by a tab", AuthErrorId.InsufficientScope, (_, claims) => claims["scope"] = "orders.read\torders.write", ForScope);
        list.AddSigned("scope is an object", AuthErrorId.InsufficientScope, (_, claims) => claims["scope"] = new Dictionary<string, object?> { ["orders.read"] = true }, ForScope);
        list.AddSigned("scope in scp where scope is there", AuthErrorId.InsufficientScope, (_, claims) => { claims["scope"] = "x"; claims["scp"] = "orders.read"; }, ForScope);

        list.AddSigned("not in the group", AuthErrorId.ClaimMismatch, (_, _) => { }, rules => rules with { RequiredGroups = ["administrators"] });
        list.AddSigned("a group that begins alike", AuthErrorId.ClaimMismatch, (_, claims) => claims["groups"] = new[] { "staffing" }, rules => rules with { RequiredGroups = ["staff"] });
        list.AddSigned("groups as one text", AuthErrorId.ClaimMismatch, (_, claims) => claims["groups"] = "staff administrators", rules => rules with { RequiredGroups = ["staff"] });
        list.AddSigned("a claim with another value", AuthErrorId.ClaimMismatch, (_, claims) => claims["tenant"] = "b", ForTenant);
        list.AddSigned("a claim of another kind", AuthErrorId.ClaimMismatch, (_, claims) => claims["level"] = "3", rules => rules with { RequiredClaims = new Dictionary<string, object?> { ["level"] = 3 } });
        list.AddSigned("a claim that is missing", AuthErrorId.ClaimMismatch, (_, _) => { }, ForTenant);
        list.AddSigned("email_verified as a text", AuthErrorId.ClaimMismatch, (_, claims) => claims["email_verified"] = "true", rules => rules with { RequiredClaims = new Dictionary<string, object?> { ["email_verified"] = true } });
        list.AddSigned("the user's rule says no", AuthErrorId.ClaimMismatch, (_, _) => { }, rules => rules with { Condition = _ => false });
        list.AddSigned("the user's rule breaks", AuthErrorId.ClaimMismatch, (_, _) => { }, rules => rules with { Condition = _ => throw new System.InvalidOperationException("broken") });

        list.AddSigned("nonce of another request", AuthErrorId.NonceMismatch, (_, claims) => claims["nonce"] = "b", rules => rules with { Nonce = "a" });
        list.AddSigned("no nonce", AuthErrorId.NonceMismatch, (_, _) => { }, rules => rules with { Nonce = "a" });
        list.AddSigned("at_hash of another access token", AuthErrorId.ClaimMismatch, (_, claims) => claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ", rules => rules with { AccessToken = Secret.From("another") });
        list.AddSigned("at_hash is a number", AuthErrorId.ClaimMismatch, (_, claims) => claims["at_hash"] = 1, rules => rules with { AccessToken = Secret.From("another") });
        list.AddSigned("c_hash of another code", AuthErrorId.ClaimMismatch, (_, claims) => claims["c_hash"] = "LDktKdoQak3Pk0cnXxCltA", rules => rules with { Code = Secret.From("another") });
    }

    private static ValidationRules ForClient(ValidationRules rules) => rules with { ClientIds = [TestIssuer.Client] };

    private static ValidationRules ForScope(ValidationRules rules) => rules with { RequiredScopes = ["orders.read"] };

    private static ValidationRules ForTenant(ValidationRules rules) => rules with { RequiredClaims = new Dictionary<string, object?> { ["tenant"] = "a" } };
}
