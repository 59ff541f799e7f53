using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthModule.Cryptography;
using AuthModule.Text;

namespace AuthModule.TestServer.Tokens;

/// <summary>Encrypts to a client's public JWK (RFC 7516), the content with A256GCM: RSA-OAEP of every hash, ECDH-ES on P curves and X25519.</summary>
internal static class JweWriter
{
    private const string Content = "A256GCM";
    private const int KeyBytes = 32;

    /// <param name="inner">A signed JWT, or claims.</param>
    /// <param name="jwk">The public key.</param>
    /// <param name="algorithm">As RFC 7518, section 4.1, names it.</param>
    public static string Encrypt(string inner, string jwk, string algorithm)
    {
        using JsonDocument document = JsonDocument.Parse(jwk);
        JsonElement key = document.RootElement;
        var header = new Dictionary<string, object?> { ["alg"] = algorithm, ["enc"] = Content, ["cty"] = inner.StartsWith('{') ? null : "JWT", ["kid"] = Text(key, "kid") };
        byte[] contentKey = RandomNumberGenerator.GetBytes(KeyBytes);
        byte[] wrapped = [];
        if (algorithm.StartsWith("RSA-OAEP", StringComparison.Ordinal))
        {
            using RSA rsa = RsaFactory.From(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
            wrapped = rsa.Encrypt(contentKey, Padding(algorithm));
        }
        else
        {
            (byte[] secret, IReadOnlyDictionary<string, object?> ephemeral) = Agree(key);
            header["epk"] = ephemeral;
            byte[] name = Encoding.ASCII.GetBytes(Content);
            contentKey = ConcatKdf.Derive(
                secret,
                [.. ConcatKdf.BigEndian(name.Length), .. name, .. ConcatKdf.BigEndian(0), .. ConcatKdf.BigEndian(0), .. ConcatKdf.BigEndian(KeyBytes * 8)],
                KeyBytes);
        }

        return Seal(Base64Url.Encode(JsonText.WriteBytes(header)), wrapped, contentKey, Encoding.UTF8.GetBytes(inner));
    }

    private static RSAEncryptionPadding Padding(string algorithm) => algorithm switch
    {
        "RSA-OAEP" => RSAEncryptionPadding.OaepSHA1,
        "RSA-OAEP-256" => RSAEncryptionPadding.OaepSHA256,
        "RSA-OAEP-384" => RSAEncryptionPadding.OaepSHA384,
        "RSA-OAEP-512" => RSAEncryptionPadding.OaepSHA512,
        _ => throw new NotSupportedException($"The server does not encrypt by {algorithm}."),
    };

    private static (byte[] Secret, IReadOnlyDictionary<string, object?> Ephemeral) Agree(JsonElement key)
    {
        string curve = Text(key, "crv")!;
        if (curve == "X25519")
        {
            byte[] own = X25519.NewPrivateKey();
            return (X25519.Agree(own, Bytes(key, "x"))!, new Dictionary<string, object?> { ["kty"] = "OKP", ["crv"] = curve, ["x"] = Base64Url.Encode(X25519.PublicKeyOf(own)) });
        }

        ECCurve named = curve switch { "P-256" => ECCurve.NamedCurves.nistP256, "P-384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 };
        using ECDiffieHellman theirs = ECDiffieHellman.Create(new ECParameters { Curve = named, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } });
        using ECDiffieHellman ours = ECDiffieHellman.Create(named);
        ECPoint point = ours.ExportParameters(includePrivateParameters: false).Q;
        return (ours.DeriveRawSecretAgreement(theirs.PublicKey), new Dictionary<string, object?>
        {
            ["kty"] = "EC",
            ["crv"] = curve,
            ["x"] = Base64Url.Encode(point.X!),
            ["y"] = Base64Url.Encode(point.Y!),
        });
    }

    private static string Seal(string header, byte[] wrapped, byte[] contentKey, byte[] plain)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(12);
        byte[] text = new byte[plain.Length];
        byte[] tag = new byte[16];
        using var cipher = new AesGcm(contentKey, tag.Length);
        cipher.Encrypt(nonce, plain, text, tag, Encoding.ASCII.GetBytes(header));
        return $"{header}.{Base64Url.Encode(wrapped)}.{Base64Url.Encode(nonce)}.{Base64Url.Encode(text)}.{Base64Url.Encode(tag)}";
    }

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.TryDecode(Text(key, name)!, out byte[] bytes) ? bytes : throw new FormatException($"'{name}' is not base64url.");

    private static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
