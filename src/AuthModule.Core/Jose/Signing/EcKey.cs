using System;
using System.Security.Cryptography;
using AuthModule.Cryptography;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>EC private keys in the one form that signs on every framework.</summary>
internal static class EcKey
{
    /// <summary>Of a coordinate, in bytes.</summary>
    /// <exception cref="FormatException">A curve that no algorithm of RFC 7518 uses.</exception>
    public static int SizeOf(string curve) => curve switch
    {
        "P-256" => 32,
        "P-384" => 48,
        "P-521" => 66,
        _ => throw new FormatException($"Its curve '{curve}' is none of P-256, P-384, P-521."),
    };

    public static JsonWebKey From(string curve, byte[] x, byte[] y, byte[] d) => new()
    {
        Kty = "EC",
        Crv = curve,
        X = Base64Url.Encode(x),
        Y = Base64Url.Encode(y),
        D = Base64Url.Encode(d),
    };

    /// <summary>For keys that were saved without their public part.</summary>
    public static JsonWebKey WithPublicPart(string curve, byte[] d)
    {
#if NETSTANDARD2_0
        ECPoint point = NistCurves.PublicPointOf(curve, d);
#else
        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = curve switch
            {
                "P-256" => ECCurve.NamedCurves.nistP256,
                "P-384" => ECCurve.NamedCurves.nistP384,
                _ => ECCurve.NamedCurves.nistP521,
            },
            D = d,
        });
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
#endif
        return From(curve, point.X!, point.Y!, d);
    }
}
