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

    private static void ToIdToken(Dictionary<string, object?> header, Dictionary<string, object?> claims)
    {
        header["typ"] = "JWT";
        claims.Remove("scope");
        claims.Remove("client_id");
        claims["aud"] = TestIssuer.Client;
    }
}
