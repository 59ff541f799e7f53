using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Issuing;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Users;
using AuthModule.Text;

namespace AuthModule.TestServer.Tokens;

/// <summary>ID tokens (OpenID Connect Core, section 2), for people who signed in with the scope <c>openid</c>.</summary>
internal static class IdTokens
{
    /// <summary>Null where no person signed in or <c>openid</c> was not granted.</summary>
    public static string? For(GrantRequest request, IssuedTokens tokens)
    {
        ServerUser? user = request.State.Users.Find(tokens.Grant.Subject);
        if (user is null || !tokens.Scopes.Contains("openid"))
        {
            return null;
        }

        var claims = new Dictionary<string, object?>(request.IdTokenClaims)
        {
            ["iss"] = request.Issuer,
            ["sub"] = user.Name,
            ["aud"] = request.Client.Id,
            ["iat"] = tokens.IssuedOn.ToUnixTimeSeconds(),
            ["exp"] = tokens.ExpiresOn.ToUnixTimeSeconds(),
            ["at_hash"] = HalfHash(tokens.AccessToken.Reveal()),
            ["preferred_username"] = user.Name,
            ["email"] = tokens.Scopes.Contains("email") || request.IdTokenClaims.ContainsKey("email") ? user.Email : null,
            ["groups"] = user.Groups,
        };
        string token = request.State.Keys.Sign(claims, algorithm: request.Client.SigningAlgorithm);
        return request.Client.Encryption is { OfIdTokens: true } encryption ? JweWriter.Encrypt(token, encryption.Key, encryption.Algorithm) : token;
    }

    /// <summary>The left half of SHA-256, as RS256 and ES256 want it (section 3.1.3.6).</summary>
    public static string HalfHash(string token) =>
        Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))[..16]);
}
