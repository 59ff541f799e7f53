using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Jose.Signing;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Dpop;

/// <summary>The key that a session's tokens are bound to, so that a stolen token is of no use (RFC 9449). P-256, made for one session.</summary>
internal sealed class DpopKey
{
    private const string Algorithm = "ES256";

    // Reading a key takes longer than signing with it, and sessions keep the same secret object.
    private static readonly ConditionalWeakTable<Secret, DpopKey> Read = new();

    private readonly ClientKey key;
    private readonly Dictionary<string, object?> publicJwk;

    private DpopKey(Secret jwk, JsonWebKey material)
    {
        Jwk = jwk;
        key = new ClientKey(material);
        publicJwk = new Dictionary<string, object?> { ["crv"] = material.Crv, ["kty"] = "EC", ["x"] = material.X, ["y"] = material.Y };

        // RFC 7638: the members that are required, in the order of their names, without white space.
        Thumbprint = Base64Url.Encode(SHA256.HashData(JsonText.WriteBytes(publicJwk)));
    }

    /// <summary>The private key as a JWK, for stores.</summary>
    public Secret Jwk { get; }

    /// <summary>As in a token's <c>cnf.jkt</c> and in <c>dpop_jkt</c>.</summary>
    public string Thumbprint { get; }

    public static DpopKey Create() => From(Secret.From(NewJwk()));

    public static DpopKey From(Secret jwk) => Read.GetValue(jwk, static secret =>
    {
        Dictionary<string, object?> members = PlainValues.TryReadObject(secret.RevealUtf8(), out _)
            ?? throw new FormatException("The proof key of a session is not a JWK.");
        string Member(string name) => ClaimText.One(members, name) ?? throw new FormatException($"The proof key of a session has no '{name}'.");
        return new DpopKey(secret, new JsonWebKey { Kty = "EC", Crv = Member("crv"), X = Member("x"), Y = Member("y"), D = Member("d") });
    });

    /// <summary>A proof for one request (RFC 9449, section 4.2).</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="url">Of the request; query and fragment do not count.</param>
    /// <param name="nonce">The server's last one; null while there is none.</param>
    /// <param name="accessToken">The token that the request carries; null at the token endpoint.</param>
    /// <param name="now">The time of the proof.</param>
    public string Prove(string method, Uri url, string? nonce, string? accessToken, DateTimeOffset now) => JwtWriter.Write(
        new Dictionary<string, object?> { ["typ"] = "dpop+jwt", ["alg"] = Algorithm, ["jwk"] = publicJwk },
        new Dictionary<string, object?>
        {
            ["jti"] = RandomText.Base64Url(16),
            ["htm"] = method,
            ["htu"] = url.GetLeftPart(UriPartial.Path),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["ath"] = accessToken is null ? null : Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))),
            ["nonce"] = nonce,
        },
        data => key.Sign(Algorithm, data));

    private static string NewJwk()
    {
#if NETSTANDARD2_0
        using CngKey made = CngKey.Create(CngAlgorithm.ECDsaP256, null, new CngKeyCreationParameters { ExportPolicy = CngExportPolicies.AllowPlaintextExport });

        // A header of eight bytes, then x, y and d.
        byte[] blob = made.Export(CngKeyBlobFormat.EccPrivateBlob);
        string Part(int index) => Base64Url.Encode(blob.AsSpan(8 + (32 * index), 32).ToArray());
        (string x, string y, string d) = (Part(0), Part(1), Part(2));
#else
        using ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters parameters = made.ExportParameters(includePrivateParameters: true);
        (string x, string y, string d) = (Base64Url.Encode(parameters.Q.X!), Base64Url.Encode(parameters.Q.Y!), Base64Url.Encode(parameters.D!));
#endif
        return JsonText.WriteObject(new Dictionary<string, object?> { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = x, ["y"] = y, ["d"] = d });
    }
}
