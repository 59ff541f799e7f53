using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Jwts;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Validation;

/// <summary>A token of one kind where another is asked for; signed by the issuer.</summary>
internal static class KindAttacks
{
    private const string Mismatch = AuthErrorId.TokenUseMismatch;

    public static void Add(AttackList list)
    {
        list.AddSigned("ID token as an access token (at_hash)", Mismatch, (header, claims) => { ToIdToken(header, claims); claims["at_hash"] = "x"; });
        list.AddSigned("ID token as an access token (nonce)", Mismatch, (header, claims) => { ToIdToken(header, claims); claims["nonce"] = "n"; });
        list.AddSigned("ID token as an access token (token_use)", Mismatch, (header, claims) => { ToIdToken(header, claims); claims["token_use"] = "id"; });
        foreach (string mark in (string[])["auth_time", "sid", "c_hash", "s_hash"])
        {
            list.AddSigned($"ID token as an access token ({mark})", Mismatch, (header, claims) => { ToIdToken(header, claims); claims[mark] = "x"; });
        }

        list.AddSigned("ID token as an access token (at_hash beside scope and client)", Mismatch, (header, claims) => (header["typ"], claims["at_hash"]) = ("JWT", "x"));
        list.AddSigned("ID token with an empty subject", Mismatch, (header, claims) => { ToIdToken(header, claims); claims["sub"] = string.Empty; }, ForId);
        list.AddSigned("ID token with a nonce and no subject", AuthErrorId.TokenMalformed, (header, claims) => { ToIdToken(header, claims); claims["nonce"] = "n"; claims.Remove("sub"); }, ForId);
        list.AddSigned("ID token where no client is named", AuthErrorId.ClientMismatch, ToIdToken, rules => ForId(rules) with { ClientIds = [] });
        list.AddSigned("logout token as an access token", Mismatch, ToLogoutToken);
        list.AddSigned("logout token as an access token (typ JWT)", Mismatch, (header, claims) => { ToLogoutToken(header, claims); header["typ"] = "JWT"; });
        list.AddSigned("logout token as an ID token", Mismatch, (header, claims) => { ToLogoutToken(header, claims); header["typ"] = "JWT"; }, ForId);
        list.AddSigned("logout token where any is allowed", Mismatch, (header, claims) => { ToLogoutToken(header, claims); header["typ"] = "JWT"; }, rules => rules with { Use = TokenUse.Any });
        list.AddSigned("another security event as an access token", Mismatch, (header, claims) => (header["typ"], claims["events"]) = ("JWT", new Dictionary<string, object?> { ["urn:x"] = new Dictionary<string, object?>() }));
        list.AddSigned("access token as a logout token", Mismatch, (_, _) => { }, ForLogout);
        list.AddSigned("ID token as a logout token", Mismatch, (header, claims) => { ToIdToken(header, claims); claims["at_hash"] = "x"; }, ForLogout);
        list.AddSigned("logout token for another client", AuthErrorId.AudienceMismatch, (header, claims) => { ToLogoutToken(header, claims); claims["aud"] = "daily"; }, ForLogout);
        list.AddSigned("logout token where no client is named", AuthErrorId.ClientMismatch, ToLogoutToken, rules => ForLogout(rules) with { ClientIds = [] });
        list.AddSigned("logout token with a nonce", Mismatch, (header, claims) => { ToLogoutToken(header, claims); claims["nonce"] = "n"; }, ForLogout);
        list.AddSigned("logout token of nobody", Mismatch, (header, claims) => { ToLogoutToken(header, claims); claims.Remove("sub"); claims.Remove("sid"); }, ForLogout);
        list.AddSigned("logout token of another event", Mismatch, (header, claims) => { ToLogoutToken(header, claims); claims["events"] = new Dictionary<string, object?> { ["urn:x"] = new Dictionary<string, object?>() }; }, ForLogout);
        foreach (string claim in (string[])["iat", "jti", "aud", "events"])
        {
            list.AddSigned($"logout token without {claim}", Mismatch, (header, claims) => { ToLogoutToken(header, claims); claims.Remove(claim); }, ForLogout);
        }

        list.AddSigned("bound to a certificate, and none was shown", Mismatch, (_, claims) => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = "c" });
        list.AddSigned("bound to another certificate", Mismatch, (_, claims) => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = "c" }, rules => rules with { CallerCertificate = "d" });
        list.AddSigned("bound to a certificate that is no text", Mismatch, (_, claims) => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = 1 }, rules => rules with { CallerCertificate = "1" });
        list.AddSigned("bound to nothing that can be read", Mismatch, (_, claims) => claims["cnf"] = "c");
        list.AddSigned("access token as an ID token (at+jwt)", Mismatch, (_, _) => { }, ForId);
        list.AddSigned("access token as an ID token (application/at+jwt)", Mismatch, (header, _) => header["typ"] = "application/AT+JWT", ForId);
        list.AddSigned("access token as an ID token (scope)", Mismatch, (header, claims) => { header["typ"] = "JWT"; claims.Remove("client_id"); }, ForId);
        list.AddSigned("access token as an ID token (token_use)", Mismatch, (header, claims) => { header.Remove("typ"); claims["token_use"] = "access"; }, ForId);
        list.AddSigned("an ID token without a subject", Mismatch, (header, claims) => { ToIdToken(header, claims); claims.Remove("sub"); }, ForId);
        list.AddSigned("an ID token without iat", Mismatch, (header, claims) => { ToIdToken(header, claims); claims.Remove("iat"); }, ForId);
        list.AddSigned("an ID token for another client", AuthErrorId.AudienceMismatch, (header, claims) => { ToIdToken(header, claims); claims["aud"] = "daily"; }, ForId);
        list.AddSigned("an ID token for several without azp", AuthErrorId.ClientMismatch, (header, claims) => { ToIdToken(header, claims); claims["aud"] = new[] { "nightly", "daily" }; }, ForId);
        list.AddSigned("an ID token for several with another azp", AuthErrorId.ClientMismatch, (header, claims) => { ToIdToken(header, claims); claims["aud"] = new[] { "nightly", "daily" }; claims["azp"] = "daily"; }, ForId);
        list.AddSigned("an ID token with another azp", AuthErrorId.ClientMismatch, (header, claims) => { ToIdToken(header, claims); claims["azp"] = "daily"; }, ForId);
        list.AddSigned("a refresh token (token_use)", Mismatch, (header, claims) => { header.Remove("typ"); claims["token_use"] = "refresh"; });
        list.AddSigned("a refresh token where any is allowed", Mismatch, (header, claims) => { header.Remove("typ"); claims["token_use"] = "refresh"; }, rules => rules with { Use = TokenUse.Any });
        list.AddSigned("a refresh token by the provider's own claim", Mismatch, (header, claims) => { header.Remove("typ"); claims["type"] = "refresh"; }, rules => rules with { ClaimNames = new ClaimNames { TokenUse = ["type"] } });
        list.AddSigned("at+jwt that calls itself an ID token", Mismatch, (_, claims) => claims["token_use"] = "id");
        list.AddSigned("at+jwt that calls itself an ID token where any is allowed", Mismatch, (_, claims) => claims["token_use"] = "id", rules => rules with { Use = TokenUse.Any });

        foreach (string type in (string[])["dpop+jwt", "logout+jwt", "secevent+jwt", "token-introspection+jwt", "oauth-authz-req+jwt", "client-authentication+jwt", "JWE", "at+jwt;x", ""])
        {
            list.AddSigned($"typ '{type}'", Mismatch, (header, _) => header["typ"] = type);
            list.AddSigned($"typ '{type}' where any is allowed", Mismatch, (header, _) => header["typ"] = type, rules => rules with { Use = TokenUse.Any });
        }

        list.AddSigned("typ is a number", Mismatch, (header, _) => header["typ"] = 1);
        list.AddSigned("typ is null", Mismatch, (header, _) => header["typ"] = null);
    }

    private static ValidationRules ForId(ValidationRules rules) => rules with { Use = TokenUse.Id, Audiences = [], ClientIds = [TestIssuer.Client] };

    private static ValidationRules ForLogout(ValidationRules rules) => rules with { Use = TokenUse.Logout, Audiences = [], ClientIds = [TestIssuer.Client] };

    public static void ToLogoutToken(Dictionary<string, object?> header, Dictionary<string, object?> claims)
    {
        ToIdToken(header, claims);
        header["typ"] = "logout+jwt";
        claims["sid"] = "s1";
        claims["events"] = new Dictionary<string, object?> { [TokenKind.LogoutEvent] = new Dictionary<string, object?>() };
    }

    private static void ToIdToken(Dictionary<string, object?> header, Dictionary<string, object?> claims)
    {
        header["typ"] = "JWT";
        claims.Remove("scope");
        claims.Remove("client_id");
        claims["aud"] = TestIssuer.Client;
    }
}
