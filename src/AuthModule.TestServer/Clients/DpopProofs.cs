using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.TestServer.Clients;

/// <summary>Checks proofs of possession (RFC 9449, section 4.3) and gives the nonces that they may have to hold.</summary>
internal sealed class DpopProofs(EmbeddedServerOptions options)
{
    private const string NonceHeader = "DPoP-Nonce";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NonceLife = TimeSpan.FromMinutes(5);

    private readonly byte[] nonceKey = RandomNumberGenerator.GetBytes(32);
    private readonly SeenOnce seen = new(options.Clock);

    /// <summary>The thumbprint of the key that made the proof; null where the request has none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="accessToken">The token that it carries; null where it carries none.</param>
    /// <exception cref="OAuthRefusal">invalid_dpop_proof, use_dpop_nonce.</exception>
    public string? Check(HttpContext context, string? accessToken = null)
    {
        Microsoft.Extensions.Primitives.StringValues header = context.Request.Headers["DPoP"];
        if (header.Count == 0)
        {
            return null;
        }

        SignedJwt proof = (header.Count == 1 ? SignedJwt.TryRead(header[0]!) : null) ?? throw Invalid("it is not one JWT");
        JsonWebKey key = KeyOf(proof);
        CheckRequest(context, proof, accessToken);
        CheckNonce(context, proof);
        DateTimeOffset now = options.Clock.GetUtcNow();
        if (proof.Time("iat") is not { } issuedOn || issuedOn < now - Skew || issuedOn > now + Skew)
        {
            throw Invalid("its iat is not about now");
        }

        string thumbprint = Base64Url.Encode(key.ComputeJwkThumbprint());
        return proof.Claim("jti") is { } jti && seen.TryAdd($"{thumbprint} {jti}", issuedOn + Skew + Skew)
            ? thumbprint
            : throw Invalid("it has no jti or was used before");
    }

    private static JsonWebKey KeyOf(SignedJwt proof)
    {
        if (!proof.Header.TryGetProperty("typ", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != "dpop+jwt")
        {
            throw Invalid("its typ is not dpop+jwt");
        }

        try
        {
            var key = new JsonWebKey(proof.Header.GetProperty("jwk").GetRawText());
            return key is { HasPrivateKey: false, Kty: "EC" or "RSA" } && proof.IsSignedBy([key]) ? key : throw Invalid("it is not signed with the public key that it holds");
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or System.Collections.Generic.KeyNotFoundException)
        {
            throw Invalid("it holds no public key");
        }
    }

    private static void CheckRequest(HttpContext context, SignedJwt proof, string? accessToken)
    {
        HttpRequest request = context.Request;
        if (proof.Claim("htm") != request.Method
            || !Uri.TryCreate(proof.Claim("htu"), UriKind.Absolute, out Uri? target)
            || target.GetLeftPart(UriPartial.Path) != new Uri($"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}").AbsoluteUri)
        {
            throw Invalid("it is for another request");
        }

        if (accessToken is not null && proof.Claim("ath") != Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))))
        {
            throw Invalid("it is for another access token");
        }
    }

    private void CheckNonce(HttpContext context, SignedJwt proof)
    {
        if (!options.RequireDpopNonce)
        {
            return;
        }

        long window = options.Clock.GetUtcNow().Ticks / NonceLife.Ticks;
        string? nonce = proof.Claim("nonce");
        if (nonce != Nonce(window))
        {
            context.Response.Headers[NonceHeader] = Nonce(window);
        }

        // The one before stays good while clients learn of the new one.
        if (nonce is null || (nonce != Nonce(window) && nonce != Nonce(window - 1)))
        {
            throw new OAuthRefusal("use_dpop_nonce", "the proof has to hold the nonce of this server");
        }
    }

    private string Nonce(long window) =>
        Base64Url.Encode(HMACSHA256.HashData(nonceKey, Encoding.ASCII.GetBytes(window.ToString(CultureInfo.InvariantCulture)))[..18]);

    private static OAuthRefusal Invalid(string reason) => new("invalid_dpop_proof", $"the DPoP proof is not taken: {reason}");
}
