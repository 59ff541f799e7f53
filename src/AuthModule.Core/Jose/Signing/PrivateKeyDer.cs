using System;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>Private keys in DER: PKCS#8 (RFC 5208), PKCS#1 (RFC 8017, appendix A.1.2) and SEC 1 (RFC 5915).</summary>
/// <remarks>Read here and not by the framework, because Windows PowerShell's framework cannot.</remarks>
internal static class PrivateKeyDer
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    private const byte Context0 = 0xA0;
    private const byte Context1 = 0xA1;

    /// <exception cref="FormatException">It is not such a key.</exception>
    public static SecurityKey ReadPkcs8(byte[] der)
    {
        DerReader key = new DerReader(der).Enter(DerReader.Sequence);
        key.Skip();
        DerReader algorithm = key.Enter(DerReader.Sequence);
        string kind = algorithm.ReadObjectIdentifier();
        byte[] inside = key.Enter(DerReader.OctetString).Rest();
        return kind switch
        {
            RsaEncryption or RsaPss => ReadPkcs1(inside),
            EcPublicKey => ReadSec1(inside, CurveOf(algorithm.ReadObjectIdentifier())),
            _ => throw new FormatException($"It is a key of a kind ({kind}) that is neither RSA nor EC."),
        };
    }

    /// <exception cref="FormatException">It is not such a key.</exception>
    public static SecurityKey ReadPkcs1(byte[] der)
    {
        DerReader key = new DerReader(der).Enter(DerReader.Sequence);
        key.Skip();
        byte[] modulus = key.ReadInteger();
        byte[] exponent = key.ReadInteger();
        int half = (modulus.Length + 1) / 2;
        return new RsaSecurityKey(new RSAParameters
        {
            Modulus = modulus,
            Exponent = exponent,
            D = Pad(key.ReadInteger(), modulus.Length),
            P = Pad(key.ReadInteger(), half),
            Q = Pad(key.ReadInteger(), half),
            DP = Pad(key.ReadInteger(), half),
            DQ = Pad(key.ReadInteger(), half),
            InverseQ = Pad(key.ReadInteger(), half),
        });
    }

    /// <param name="der">The key.</param>
    /// <param name="curve">Where what it is wrapped in names the curve; null reads it from the key.</param>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static SecurityKey ReadSec1(byte[] der, string? curve = null)
    {
        DerReader key = new DerReader(der).Enter(DerReader.Sequence);
        key.Skip();
        byte[] secret = key.Enter(DerReader.OctetString).Rest();
        if (key.NextTag == Context0)
        {
            curve ??= CurveOf(key.Enter(Context0).ReadObjectIdentifier());
        }

        curve = curve ?? throw new FormatException("It does not name its curve.");
        int size = EcKey.SizeOf(curve);
        byte[]? point = key.NextTag == Context1 ? key.Enter(Context1).Enter(DerReader.BitString).Rest() : null;
        if (point is null)
        {
            return EcKey.WithPublicPart(curve, Pad(secret, size));
        }

        // A bit string's first byte counts unused bits; a point's first byte says that it is not compressed.
        if (point.Length != 2 + (2 * size) || point[0] != 0 || point[1] != 4)
        {
            throw new FormatException("Its public part is not an uncompressed point.");
        }

        return EcKey.From(curve, point.AsSpan(2, size).ToArray(), point.AsSpan(2 + size, size).ToArray(), Pad(secret, size));
    }

    private static string CurveOf(string identifier) => identifier switch
    {
        "1.2.840.10045.3.1.7" => "P-256",
        "1.3.132.0.34" => "P-384",
        "1.3.132.0.35" => "P-521",
        _ => throw new FormatException($"Its curve ({identifier}) is none of P-256, P-384, P-521."),
    };

    private static byte[] Pad(byte[] number, int size)
    {
        if (number.Length == size)
        {
            return number;
        }

        if (number.Length > size)
        {
            throw new FormatException("A number in it is too long.");
        }

        byte[] padded = new byte[size];
        number.CopyTo(padded, size - number.Length);
        return padded;
    }
}
