using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using AuthModule.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>Private keys in DER: PKCS#8 (RFC 5208), PKCS#1 (RFC 8017, appendix A.1.2) and SEC 1 (RFC 5915).</summary>
/// <remarks>Read here and not by the framework, because Windows PowerShell's framework cannot.</remarks>
internal static class PrivateKeyDer
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <exception cref="FormatException">It is not such a key.</exception>
    public static SecurityKey ReadPkcs8(byte[] der) => Strictly(() =>
    {
        AsnReader key = Open(der);
        key.ReadInteger();
        AsnReader algorithm = key.ReadSequence();
        string kind = algorithm.ReadObjectIdentifier();
        byte[] inside = key.ReadOctetString();
        return kind switch
        {
            RsaEncryption or RsaPss => ReadPkcs1(inside),
            EcPublicKey => ReadSec1(inside, CurveOf(algorithm.ReadObjectIdentifier())),
            _ => throw new FormatException($"It is a key of a kind ({kind}) that is neither RSA nor EC."),
        };
    });

    /// <exception cref="FormatException">It is not such a key.</exception>
    public static SecurityKey ReadPkcs1(byte[] der) => Strictly(() =>
    {
        AsnReader key = Open(der);
        key.ReadInteger();
        byte[] modulus = Number(key);
        byte[] exponent = Number(key);
        int half = (modulus.Length + 1) / 2;
        return new RsaSecurityKey(RsaFactory.From(new RSAParameters
        {
            Modulus = modulus,
            Exponent = exponent,
            D = Pad(Number(key), modulus.Length),
            P = Pad(Number(key), half),
            Q = Pad(Number(key), half),
            DP = Pad(Number(key), half),
            DQ = Pad(Number(key), half),
            InverseQ = Pad(Number(key), half),
        }));
    });

    /// <param name="der">The key.</param>
    /// <param name="curve">Where what it is wrapped in names the curve; null reads it from the key.</param>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static SecurityKey ReadSec1(byte[] der, string? curve = null) => Strictly(() =>
    {
        AsnReader key = Open(der);
        key.ReadInteger();
        byte[] secret = key.ReadOctetString();
        if (key.HasData && key.PeekTag() == Context0)
        {
            string named = key.ReadSequence(Context0).ReadObjectIdentifier();
            curve ??= CurveOf(named);
        }

        curve = curve ?? throw new FormatException("It does not name its curve.");
        int size = EcKey.SizeOf(curve);
        if (!key.HasData || key.PeekTag() != Context1)
        {
            return EcKey.WithPublicPart(curve, Pad(secret, size));
        }

        // A point's first byte says that it is not compressed.
        byte[] point = key.ReadSequence(Context1).ReadBitString(out int unused);
        if (point.Length != 1 + (2 * size) || unused != 0 || point[0] != 4)
        {
            throw new FormatException("Its public part is not an uncompressed point.");
        }

        return EcKey.From(curve, point.AsSpan(1, size).ToArray(), point.AsSpan(1 + size, size).ToArray(), Pad(secret, size));
    });

    // Some tools write lengths in a longer form than DER has it.
    private static AsnReader Open(byte[] der) => new AsnReader(der, AsnEncodingRules.BER).ReadSequence();

    private static SecurityKey Strictly(Func<SecurityKey> read)
    {
        try
        {
            return read();
        }
        catch (AsnContentException cause)
        {
            throw new FormatException("The key is damaged or cut short.", cause);
        }
        catch (CryptographicException cause)
        {
            throw new FormatException("Its numbers do not make a key.", cause);
        }
    }

    /// <summary>A number without leading zeros, big-endian.</summary>
    private static byte[] Number(AsnReader key)
    {
        ReadOnlySpan<byte> number = key.ReadIntegerBytes().Span;
        while (number.Length > 1 && number[0] == 0)
        {
            number = number.Slice(1);
        }

        return number.ToArray();
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
