using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;
using AuthModule.Cryptography;
using AuthModule.Jose.Signing;
using AuthModule.Secrets;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Encryption;

/// <summary>Reads the private keys of a PEM (RFC 7468) as keys that decrypt: RSA, EC, and X25519 (RFC 8410).</summary>
internal static class DecryptionPem
{
    private const string X25519Key = "1.3.101.110";

    /// <exception cref="FormatException">No private key in it, or one that is damaged or of another kind.</exception>
    public static DecryptionKeys Read(string text, Secret? password)
    {
        var keys = new List<DecryptionKey>();
        foreach ((string label, byte[] der) in PemText.Blocks(text))
        {
            switch (label)
            {
                case "PRIVATE KEY":
                    keys.Add(OfPkcs8(der));
                    break;
                case "ENCRYPTED PRIVATE KEY":
                    keys.Add(OfPkcs8(EncryptedPkcs8.Decrypt(der, password)));
                    break;
                case "RSA PRIVATE KEY":
                    keys.Add(Of(PrivateKeyDer.ReadPkcs1(der)));
                    break;
                case "EC PRIVATE KEY":
                    keys.Add(Of(PrivateKeyDer.ReadSec1(der)));
                    break;
            }
        }

        return keys.Count > 0 ? new DecryptionKeys([.. keys.Take(DecryptionKeys.MaxKeys)]) : throw new FormatException("There is no private key in it.");
    }

    private static DecryptionKey OfPkcs8(byte[] der) => TryReadX25519(der) is { } secret ? DecryptionKey.FromX25519(secret) : Of(PrivateKeyDer.ReadPkcs8(der));

    private static byte[]? TryReadX25519(byte[] der)
    {
        try
        {
            AsnReader key = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            key.ReadInteger();
            return key.ReadSequence().ReadObjectIdentifier() == X25519Key
                && new AsnReader(key.ReadOctetString(), AsnEncodingRules.BER).ReadOctetString() is { Length: X25519.KeyLength } secret
                    ? secret
                    : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static DecryptionKey Of(SecurityKey material) => material switch
    {
        RsaSecurityKey { Rsa: { } rsa } => DecryptionKey.From(rsa),
        JsonWebKey { Kty: "EC" } jwk => DecryptionKey.TryRead(new Dictionary<string, object?> { ["kty"] = "EC", ["crv"] = jwk.Crv, ["x"] = jwk.X, ["y"] = jwk.Y, ["d"] = jwk.D })!,
        _ => throw new FormatException("Its key is of a kind that does not decrypt."),
    };
}
