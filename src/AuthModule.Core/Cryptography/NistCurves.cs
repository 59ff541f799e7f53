using System;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace AuthModule.Cryptography;

/// <summary>What netstandard2.0 lacks of the curves P-256, P-384 and P-521. For that build only. Touching this class loads the library that does it.</summary>
internal static class NistCurves
{
    /// <summary>The public point of a private number.</summary>
    public static ECPoint PublicPointOf(string curve, byte[] d)
    {
        ECDomainParameters domain = Domain(curve);
        Org.BouncyCastle.Math.EC.ECPoint point = domain.G.Multiply(new BigInteger(1, d)).Normalize();
        return new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() };
    }

    /// <summary>The shared secret (NIST SP 800-56A, section 5.7.1.2): the x coordinate, with its leading zeros.</summary>
    /// <exception cref="ArgumentException">The other side's point is not on the curve.</exception>
    public static byte[] Agree(string curve, byte[] d, byte[] x, byte[] y)
    {
        ECDomainParameters domain = Domain(curve);
        var theirs = new ECPublicKeyParameters(domain.Curve.CreatePoint(new BigInteger(1, x), new BigInteger(1, y)), domain);
        var agreement = new ECDHBasicAgreement();
        agreement.Init(new ECPrivateKeyParameters(new BigInteger(1, d), domain));
        return BigIntegers.AsUnsignedByteArray(agreement.GetFieldSize(), agreement.CalculateAgreement(theirs));
    }

    private static ECDomainParameters Domain(string curve)
    {
        X9ECParameters parameters = SecNamedCurves.GetByName(curve switch
        {
            "P-256" => "secp256r1",
            "P-384" => "secp384r1",
            "P-521" => "secp521r1",
            _ => throw new ArgumentException("No curve of RFC 7518.", nameof(curve)),
        });
        return new ECDomainParameters(parameters);
    }
}
