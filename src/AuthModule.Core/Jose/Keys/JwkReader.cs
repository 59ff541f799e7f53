using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Jose.Keys;

/// <summary>Reads public keys from a JWK Set (RFC 7517, RFC 8037). A key that cannot be understood is left out, as section 5 asks.</summary>
internal static class JwkReader
{
    /// <summary>Null when it is neither a JWK Set nor a single JWK.</summary>
    public static KeySet? TryReadSet(byte[] utf8, string origin, string? issuer)
    {
        if (PlainValues.TryReadObject(utf8, out _) is not { } document)
        {
            return null;
        }

        object?[]? jwks = document.TryGetValue("keys", out object? members)
            ? members as object?[]
            : document.ContainsKey("kty") ? [document] : null;
        if (jwks is null)
        {
            return null;
        }

        var keys = new List<VerificationKey>(jwks.Length);
        foreach (object? jwk in jwks)
        {
            if (jwk is Dictionary<string, object?> found && TryRead(found) is { } key)
            {
                keys.Add(key);
            }
        }

        return new KeySet(keys, origin, issuer, SHA256.HashData(utf8));
    }

    /// <summary>Null for key types that do not verify; a symmetric key is never taken from a set, however it came there.</summary>
    public static VerificationKey? TryRead(Dictionary<string, object?> jwk) => ClaimText.One(jwk, "kty") switch
    {
        "RSA" => ReadRsa(jwk),
        "EC" => ReadEc(jwk),
        "OKP" => ReadEdwards(jwk),
        _ => null,
    };

    private static VerificationKey? ReadRsa(Dictionary<string, object?> jwk)
    {
        if (Bytes(jwk, "n") is not { Length: > 0 } modulus || Bytes(jwk, "e") is not { Length: > 0 } exponent || !IsExponent(exponent))
        {
            return null;
        }

        var key = new RSAParameters { Modulus = WithoutLeadingZeros(modulus), Exponent = WithoutLeadingZeros(exponent) };
        return Describe(jwk, KeyKind.Rsa, BitLength(modulus), null, new RsaSignature(key), RocaFingerprint.Matches(modulus));
    }

    private static VerificationKey? ReadEc(Dictionary<string, object?> jwk)
    {
        string? name = ClaimText.One(jwk, "crv");
        int size = name switch { "P-256" => 32, "P-384" => 48, "P-521" => 66, _ => 0 };
        if (EcCurve.Find(name) is not { } curve || Bytes(jwk, "x") is not { } x || x.Length != size || Bytes(jwk, "y") is not { } y || y.Length != size)
        {
            return null;
        }

        var key = new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } };
        return Describe(jwk, KeyKind.Ec, name == "P-521" ? 521 : size * 8, name, new EcSignature(key));
    }

    private static VerificationKey? ReadEdwards(Dictionary<string, object?> jwk) =>
        ClaimText.One(jwk, "crv") == "Ed25519" && Bytes(jwk, "x") is { Length: 32 } point
            ? Describe(jwk, KeyKind.EdwardsCurve, 256, "Ed25519", new EdwardsSignature(point))
            : null;

    private static VerificationKey Describe(Dictionary<string, object?> jwk, KeyKind kind, int bits, string? curve, KeySignature signatures, bool isBroken = false)
    {
        byte[]? certificate = FirstCertificate(jwk);
        return new VerificationKey
        {
            Kind = kind,
            Bits = bits,
            Curve = curve,
            Signatures = signatures,
            Id = ClaimText.One(jwk, "kid"),
            Algorithm = ClaimText.One(jwk, "alg"),
            CertificateSha1 = ClaimText.One(jwk, "x5t") ?? (certificate is null ? null : CertificateThumbprint.Sha1(certificate)),
            CertificateSha256 = ClaimText.One(jwk, "x5t#S256") ?? (certificate is null ? null : CertificateThumbprint.Sha256(certificate)),
            IsForSignatures = IsForSignatures(jwk),
            IsBroken = isBroken,
        };
    }

    private static bool IsForSignatures(Dictionary<string, object?> jwk)
    {
        if (jwk.TryGetValue("use", out object? use) && use is not "sig")
        {
            return false;
        }

        return !jwk.TryGetValue("key_ops", out object? operations)
            || (ClaimText.OneOrMany(operations) is { } allowed && ClaimText.Has(allowed, "verify"));
    }

    private static byte[]? FirstCertificate(Dictionary<string, object?> jwk)
    {
        if (!jwk.TryGetValue("x5c", out object? chain) || chain is not object?[] { Length: > 0 } certificates || certificates[0] is not string first)
        {
            return null;
        }

        try
        {
            return Convert.FromBase64String(first);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(Dictionary<string, object?> jwk, string name) =>
        ClaimText.One(jwk, name) is { } text && Base64Url.TryDecode(text, out byte[] bytes) ? bytes : null;

    // With an exponent of 1 every number is its own signature; an even one is none.
    private static bool IsExponent(byte[] exponent) =>
        (exponent[exponent.Length - 1] & 1) == 1 && BitLength(exponent) is > 1 and <= 64;

    private static int BitLength(byte[] number)
    {
        byte[] digits = WithoutLeadingZeros(number);
        int bits = digits.Length * 8;
        for (int mask = 0x80; digits.Length > 0 && mask > 0 && (digits[0] & mask) == 0; mask >>= 1)
        {
            bits--;
        }

        return bits;
    }

    private static byte[] WithoutLeadingZeros(byte[] number)
    {
        int zeros = 0;
        while (zeros < number.Length && number[zeros] == 0)
        {
            zeros++;
        }

        return zeros == 0 ? number : number.AsSpan(zeros).ToArray();
    }
}
