using System;
using System.Collections.Generic;
using AuthModule.Errors;

namespace AuthModule.Jose.Tokens;

/// <summary>Takes a JWT apart without verifying anything. Needs nothing but the framework's own JSON reader.</summary>
internal static class JwtDecoder
{
    /// <summary>As it can be shown.</summary>
    /// <exception cref="TokenValidationException">TokenMalformed.</exception>
    public static DecodedToken Decode(string token) =>
        TryDecode(token, out string fault)?.Visible() ?? throw AuthError.Create(AuthErrorId.TokenMalformed, $"This is not a JWT: {fault}.");

    /// <summary>Null when it is not a JWT (an opaque token, for example); <paramref name="fault"/> then says why and does not quote it.</summary>
    public static DecodedToken? TryDecode(string token, out string fault)
    {
        if (CompactToken.TryRead(token, out fault) is not { } compact)
        {
            return null;
        }

        Dictionary<string, object?> claims = [];
        if (!compact.IsEncrypted)
        {
            if (PlainValues.TryReadObject(compact.Parts[1], out string payloadFault) is not { } read)
            {
                fault = $"the payload {payloadFault}";
                return null;
            }

            claims = read;
        }

        return new DecodedToken(PlainValues.Copy(compact.Header), claims)
        {
            IsEncrypted = compact.IsEncrypted,
            Algorithm = ClaimText.One(compact.Header, "alg"),
            KeyId = ClaimText.One(compact.Header, "kid"),
            Issuer = ClaimText.One(claims, "iss"),
            Subject = ClaimText.One(claims, "sub"),
            Audience = claims.TryGetValue("aud", out object? audience) ? ClaimText.OneOrMany(audience) ?? [] : [],
            ExpiresOn = NumericDate.ReadOptional(claims, "exp"),
            IssuedOn = NumericDate.ReadOptional(claims, "iat"),
            NotBefore = NumericDate.ReadOptional(claims, "nbf"),
        };
    }

    /// <summary>The claims of a JWT, unverified; null for anything else.</summary>
    public static IReadOnlyDictionary<string, object?>? TryReadClaims(string token) =>
        TryDecode(token, out _) is { IsEncrypted: false } decoded ? decoded.Claims : null;
}
