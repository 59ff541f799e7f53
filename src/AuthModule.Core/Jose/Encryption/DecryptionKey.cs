using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Cryptography;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Jose.Encryption;

/// <summary>The private or shared key that tokens are encrypted to. Safe from many threads as far as its platform key is.</summary>
internal sealed class DecryptionKey
{
    private const string Okp = "X25519";

    private DecryptionKey()
    {
    }

    public RSA? Rsa { get; private init; }

    /// <summary>Of an EC key: its private number and its curve's name; null for other kinds.</summary>
    public ECParameters? Ec { get; private init; }

    public string? Curve { get; private init; }

    /// <summary>Of an X25519 key (RFC 8037): its 32 bytes; null for other kinds.</summary>
    public byte[]? Montgomery { get; private init; }

    /// <summary>Of an EC key that does not leave its place: gives the raw secret for the other side's point; null for other kinds.</summary>
    public Func<byte[], byte[], byte[]>? Agreement { get; private init; }

    /// <summary>Whether it agrees on keys (ECDH-ES).</summary>
    public bool Agrees => Ec is not null || Montgomery is not null || Agreement is not null;

    /// <summary>As tokens name it (<c>kid</c>); null when it does not say.</summary>
    public string? Id { get; private init; }

    public byte[]? Shared { get; private init; }

    /// <summary>The key's own algorithm; null when it does not say.</summary>
    public string? Algorithm { get; private init; }

    /// <summary>Accept the old RSA padding (<c>RSA1_5</c>), which RFC 8725, section 3.2, advises against. False unless the user insists.</summary>
    public bool AllowsRsa15 { get; init; }

    public static DecryptionKey From(RSA rsa, bool allowsRsa15 = false) => new() { Rsa = rsa, AllowsRsa15 = allowsRsa15 };

    public static DecryptionKey From(byte[] shared) => new() { Shared = shared };

    public static DecryptionKey FromX25519(byte[] secret) => new() { Montgomery = secret, Curve = Okp };

    /// <summary>The private key of a certificate, also one that does not leave its place.</summary>
    /// <exception cref="FormatException">It has none that decrypts.</exception>
    public static DecryptionKey From(X509Certificate2 certificate)
    {
        if (certificate.GetRSAPrivateKey() is { } rsa)
        {
            return From(rsa);
        }

#if !NETSTANDARD2_0
        if (certificate.GetECDiffieHellmanPrivateKey() is { } agreeing)
        {
            ECParameters known = agreeing.ExportParameters(includePrivateParameters: false);
            return new DecryptionKey
            {
                Curve = EcCurve.NameOf(agreeing.KeySize),
                Agreement = (x, y) =>
                {
                    using ECDiffieHellman theirs = ECDiffieHellman.Create(new ECParameters { Curve = known.Curve, Q = new ECPoint { X = x, Y = y } });
                    return agreeing.DeriveRawSecretAgreement(theirs.PublicKey);
                },
            };
        }
#endif

        if (certificate.GetECDsaPrivateKey() is { } signing)
        {
            return new DecryptionKey { Ec = signing.ExportParameters(includePrivateParameters: true), Curve = EcCurve.NameOf(signing.KeySize) };
        }

        throw new FormatException("The certificate comes without a private key that decrypts.");
    }

    /// <summary>Null when it is no private or shared JWK (RFC 7518, section 6).</summary>
    public static DecryptionKey? TryRead(Dictionary<string, object?> jwk, bool allowsRsa15 = false)
    {
        try
        {
            return ClaimText.One(jwk, "kty") switch
            {
                "RSA" => ReadRsa(jwk, allowsRsa15),
                "EC" => ReadEc(jwk),
                "OKP" when ClaimText.One(jwk, "crv") == Okp && Bytes(jwk, "d") is { Length: X25519.KeyLength } secret =>
                    new DecryptionKey { Montgomery = secret, Curve = Okp, Algorithm = ClaimText.One(jwk, "alg"), Id = ClaimText.One(jwk, "kid") },
                "oct" when Bytes(jwk, "k") is { } shared => new DecryptionKey { Shared = shared, Algorithm = ClaimText.One(jwk, "alg"), Id = ClaimText.One(jwk, "kid") },
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
        return new DecryptionKey { Rsa = rsa, AllowsRsa15 = allowsRsa15, Algorithm = ClaimText.One(jwk, "alg"), Id = ClaimText.One(jwk, "kid") };
    }

    private static DecryptionKey? ReadEc(Dictionary<string, object?> jwk)
    {
        string? name = ClaimText.One(jwk, "crv");
        return EcCurve.Find(name) is { } curve && Bytes(jwk, "d") is { } d && Bytes(jwk, "x") is { } x && Bytes(jwk, "y") is { } y
            ? new DecryptionKey
            {
                Ec = new ECParameters { Curve = curve, D = d, Q = new ECPoint { X = x, Y = y } },
                Curve = name,
                Algorithm = ClaimText.One(jwk, "alg"),
                Id = ClaimText.One(jwk, "kid"),
            }
            : null;
    }

    private static byte[]? Bytes(Dictionary<string, object?> jwk, string name) =>
        ClaimText.One(jwk, name) is { } text && Base64Url.TryDecode(text, out byte[] bytes) ? bytes : null;
}
