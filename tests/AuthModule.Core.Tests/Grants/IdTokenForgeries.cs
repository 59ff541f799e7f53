using System;
using System.Collections.Generic;
using AuthModule.TestKit.Jwts;

namespace AuthModule.Core.Tests.Grants;

using Change = Func<Dictionary<string, object?>, Dictionary<string, object?>, SigningKey?>;

/// <summary>ID tokens that nobody may believe, whatever grant they come with.</summary>
internal static class IdTokenForgeries
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static IReadOnlyDictionary<string, (Change Change, string Id)> All { get; } = new Dictionary<string, (Change, string)>
    {
        ["no signature and another subject"] = (Of((header, claims) => (header["alg"], claims["sub"]) = ("none", "mallory")), AuthErrorId.AlgorithmNotAllowed),
        ["another key"] = ((_, claims) =>
        {
            claims["sub"] = "mallory";
            return TestIssuer.Shared.Stranger;
        }, AuthErrorId.SignatureInvalid),
        ["another issuer"] = (Of((_, claims) => claims["iss"] = "https://evil.example"), AuthErrorId.IssuerMismatch),
        ["another client"] = (Of((_, claims) => claims["aud"] = "somebody-else"), AuthErrorId.AudienceMismatch),
        ["no client"] = (Of((_, claims) => claims.Remove("aud")), AuthErrorId.TokenMalformed),
        ["another party"] = (Of((_, claims) => (claims["aud"], claims["azp"]) = (new[] { ForgingServer.Client, "other" }, "other")), AuthErrorId.ClientMismatch),
        ["expired"] = (Of((_, claims) => claims["exp"] = Now - 600), AuthErrorId.TokenExpired),
        ["from the future"] = (Of((_, claims) => claims["iat"] = Now + 3600), AuthErrorId.TokenNotYetValid),
        ["no issue time"] = (Of((_, claims) => claims.Remove("iat")), AuthErrorId.TokenMalformed),
        ["no subject"] = (Of((_, claims) => claims.Remove("sub")), AuthErrorId.TokenMalformed),
        ["empty subject"] = (Of((_, claims) => claims["sub"] = string.Empty), AuthErrorId.TokenMalformed),
        ["a number as subject"] = (Of((_, claims) => claims["sub"] = 7), AuthErrorId.TokenMalformed),
        ["another access token"] = (Of((_, claims) => claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ"), AuthErrorId.ClaimMismatch),
        ["an access token"] = (Of((header, _) => header["typ"] = "at+jwt"), AuthErrorId.TokenUseMismatch),
        ["a logout token"] = (Of((_, claims) => claims["events"] = new Dictionary<string, object?> { [AuthModule.Jose.Tokens.TokenKind.LogoutEvent] = new Dictionary<string, object?>() }), AuthErrorId.TokenUseMismatch),
        ["unknown key"] = (Of((header, _) => header["kid"] = "nobody's"), AuthErrorId.KeyNotFound),
        ["the public key as a secret"] = (Of((header, _) => header["alg"] = "HS256"), AuthErrorId.AlgorithmNotAllowed),
    };

    public static Change Of(Action<Dictionary<string, object?>, Dictionary<string, object?>> change) => (header, claims) =>
    {
        change(header, claims);
        return null;
    };
}
