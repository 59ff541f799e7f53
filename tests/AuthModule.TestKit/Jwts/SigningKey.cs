using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthModule.Text;

namespace AuthModule.TestKit.Jwts;

/// <summary>A key made for a test, with its public JWK and its way to sign; independent of the code under test.</summary>
internal sealed class SigningKey
{
    private readonly Func<string, byte[], byte[]> sign;

    private SigningKey(Dictionary<string, object?> publicJwk, Func<string, byte[], byte[]> sign)
    {
        PublicJwk = publicJwk;
        this.sign = sign;
    }

    /// <summary>Without kid, use and alg.</summary>
    public Dictionary<string, object?> PublicJwk { get; }

    public RSA? Rsa { get; private init; }

    public static SigningKey NewRsa(int bits = 2048)
    {
        RSA rsa = RSA.Create(bits);
        RSAParameters parameters = rsa.ExportParameters(false);
        return new SigningKey(
            new() { ["kty"] = "RSA", ["n"] = Base64Url.Encode(parameters.Modulus!), ["e"] = Base64Url.Encode(parameters.Exponent!) },
            (algorithm, data) => rsa.SignData(data, Hash(algorithm), algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1))
        {
            Rsa = rsa,
        };
    }

    public static SigningKey NewEc(string curve = "P-256")
    {
        ECDsa ec = ECDsa.Create(curve switch { "P-256" => ECCurve.NamedCurves.nistP256, "P-384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 });
        ECParameters parameters = ec.ExportParameters(false);
        return new SigningKey(
            new() { ["kty"] = "EC", ["crv"] = curve, ["x"] = Base64Url.Encode(parameters.Q.X!), ["y"] = Base64Url.Encode(parameters.Q.Y!) },
            (algorithm, data) => ec.SignData(data, Hash(algorithm)));
    }

    public static SigningKey FromSecret(byte[] secret) => new(
        new() { ["kty"] = "oct", ["k"] = Base64Url.Encode(secret) },
        (algorithm, data) => algorithm switch
        {
            "HS384" => HMACSHA384.HashData(secret, data),
            "HS512" => HMACSHA512.HashData(secret, data),
            _ => HMACSHA256.HashData(secret, data),
        });

    public byte[] Sign(string algorithm, string text) => sign(algorithm, Encoding.ASCII.GetBytes(text));

    public Dictionary<string, object?> Jwk(string? kid, string? use = "sig", string? alg = null)
    {
        var jwk = new Dictionary<string, object?>(PublicJwk);
        if (kid is not null)
        {
            jwk["kid"] = kid;
        }

        if (use is not null)
        {
            jwk["use"] = use;
        }

        if (alg is not null)
        {
            jwk["alg"] = alg;
        }

        return jwk;
    }

    public static byte[] Set(params Dictionary<string, object?>[] jwks) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?> { ["keys"] = jwks });

    private static HashAlgorithmName Hash(string algorithm) => algorithm[2..] switch
    {
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
