using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>The public half of a key as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), by which services show and compare keys.</summary>
internal static class PublicKeyInfo
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte BitString = 0x03;

    // RFC 8017, appendix A.1; RFC 5480, section 2.1.1.
    private static readonly byte[] RsaAlgorithm = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];
    private static readonly byte[] EcAlgorithm = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    /// <summary>Null for a kind of key that has none here.</summary>
    public static byte[]? Of(SecurityKey key) => key switch
    {
        RsaSecurityKey rsa => OfRsa(rsa.Rsa?.ExportParameters(includePrivateParameters: false) ?? rsa.Parameters),
        ECDsaSecurityKey ec => OfEc(ec.ECDsa.ExportParameters(includePrivateParameters: false).Q, ec.KeySize),
        JsonWebKey { Kty: "EC" } jwk => OfEc(new ECPoint { X = Bytes(jwk.X), Y = Bytes(jwk.Y) }, jwk.Crv switch { "P-256" => 256, "P-384" => 384, _ => 521 }),
        _ => null,
    };

    private static byte[] OfRsa(RSAParameters key) => Element(
        Sequence,
        Element(Sequence, RsaAlgorithm),
        Element(BitString, [0], Element(Sequence, Number(key.Modulus!), Number(key.Exponent!))));

    private static byte[] OfEc(ECPoint point, int size)
    {
        byte[] curve = size switch
        {
            256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07],
            384 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22],
            _ => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23],
        };
        return Element(Sequence, Element(Sequence, EcAlgorithm, curve), Element(BitString, [0], [4], point.X!, point.Y!));
    }

    private static byte[] Bytes(string text) => Base64Url.TryDecode(text, out byte[] bytes) ? bytes : [];

    private static byte[] Number(byte[] bytes)
    {
        byte[] digits = [.. bytes.SkipWhile(static one => one == 0)];
        return digits.Length == 0 || digits[0] >= 0x80 ? Element(Integer, [0], digits) : Element(Integer, digits);
    }

    private static byte[] Element(byte tag, params byte[][] parts)
    {
        int length = parts.Sum(part => part.Length);
        var bytes = new List<byte>(length + 6) { tag };
        if (length < 0x80)
        {
            bytes.Add((byte)length);
        }
        else
        {
            byte[] digits = [.. new[] { (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length }.SkipWhile(static one => one == 0)];
            bytes.Add((byte)(0x80 | digits.Length));
            bytes.AddRange(digits);
        }

        foreach (byte[] part in parts)
        {
            bytes.AddRange(part);
        }

        return [.. bytes];
    }
}
