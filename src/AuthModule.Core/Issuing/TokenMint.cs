using System;
using System.Collections.Generic;
using AuthModule.Text;

namespace AuthModule.Issuing;

/// <summary>Makes the texts of tokens: opaque ones from the cryptographic source, signed ones after RFC 9068.</summary>
internal sealed class TokenMint(IssuerKeys keys)
{
    private const int RandomBytes = 32; // 43 base64url characters

    /// <summary>Where opaque tokens come from; tests put their own in its place.</summary>
    public Func<string> NextOpaque { get; init; } = static () => RandomText.Base64Url(RandomBytes);

    /// <summary>The <c>iss</c> of grants that name none.</summary>
    public string DefaultIssuer { get; set; } = "urn:authmodule:local";

    public string AccessToken(TokenGrant grant, TokenFormat format, DateTimeOffset now, TimeSpan lifetime) =>
        format == TokenFormat.Opaque
            ? NextOpaque()
            : keys.Sign(Claims(grant, now, lifetime), grant.JwtType);

    private Dictionary<string, object?> Claims(TokenGrant grant, DateTimeOffset now, TimeSpan lifetime)
    {
        string issuer = grant.Issuer ?? DefaultIssuer;
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = issuer.Length > 0 ? issuer : null,
            ["sub"] = grant.Subject,
            ["aud"] = grant.Audience.Count switch { 0 => null, 1 => grant.Audience[0], _ => grant.Audience },
            ["client_id"] = grant.ClientId,
            ["scope"] = grant.Scopes.Count > 0 ? string.Join(" ", grant.Scopes) : null,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["jti"] = RandomText.Base64Url(16),
        };
        foreach ((string name, object? value) in grant.Claims)
        {
            claims[name] = value;
        }

        return claims;
    }
}
