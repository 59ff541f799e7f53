using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using AuthModule.Cryptography;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Jose.Encryption;

/// <summary>The private or shared key that tokens are encrypted to. Safe from many threads as far as its platform key is.</summary>
internal sealed class DecryptionKey
{
    private DecryptionKey()
    {
    }

    public RSA? Rsa { get; private init; }

    /// <summary>Of an EC key: its private number and its curve's name; null for other kinds.</summary>
    public ECParameters? Ec { get; private init; }

    public string? Curve { get; private init; }

    public byte[]? Shared { get; private init; }

    /// <summary>The key's own algorithm; null when it does not say.</summary>
    public string? Algorithm { get; private init; }

    /// <summary>Accept the old RSA padding (<c>RSA1_5</c>), which RFC 8725, section 3.2, advises against. False unless the user insists.</summary>
    public bool AllowsRsa15 { get; init; }

    public static DecryptionKey From(RSA rsa, bool allowsRsa15 = false) => new() { Rsa = rsa, AllowsRsa15 = allowsRsa15 };

    public static DecryptionKey From(byte[] shared) => new() { Shared = shared };

    /// <summary>Null when it is no private or shared JWK (RFC 7518, section 6).</summary>
    public static DecryptionKey? TryRead(Dictionary<string, object?> jwk, bool allowsRsa15 = false)
    {
        try
        {
            return ClaimText.One(jwk, "kty") switch
            {
                "RSA" => ReadRsa(jwk, allowsRsa15),
                "EC" => ReadEc(jwk),
                "oct" when Bytes(jwk, "k") is { } shared => new DecryptionKey { Shared = shared, Algorithm = ClaimText.One(jwk, "alg") },
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override string ToString() => Secret.Mask;

    private static DecryptionKey? ReadRsa(Dictionary<string, object?> jwk, bool allowsRsa15)
    {
        if (Bytes(jwk, "d") is not { } d)
        {
            return null;
        }

        RSA rsa = RsaFactory.From(new RSAParameters
        {
            Modulus = Bytes(jwk, "n"),
            Exponent = Bytes(jwk, "e"),
            D = d,
            P = Bytes(jwk, "p"),
            Q = Bytes(jwk, "q"),
            DP = Bytes(jwk, "dp"),
            DQ = Bytes(jwk, "dq"),
            InverseQ = Bytes(jwk, "qi"),
        });
        return new DecryptionKey { Rsa = rsa, AllowsRsa15 = allowsRsa15, Algorithm = ClaimText.One(jwk, "alg") };
    }

    private static DecryptionKey? ReadEc(Dictionary<string, object?> jwk)
    {
        string? name = ClaimText.One(jwk, "crv");
        return EcCurve.Find(name) is { } curve && Bytes(jwk, "d") is { } d && Bytes(jwk, "x") is { } x && Bytes(jwk, "y") is { } y
            ? new DecryptionKey { Ec = new ECParameters { Curve = curve, D = d, Q = new ECPoint { X = x, Y = y } }, Curve = name, Algorithm = ClaimText.One(jwk, "alg") }
            : null;
    }

    private static byte[]? Bytes(Dictionary<string, object?> jwk, string name) =>
        ClaimText.One(jwk, name) is { } text && Base64Url.TryDecode(text, out byte[] bytes) ? bytes : null;
}
