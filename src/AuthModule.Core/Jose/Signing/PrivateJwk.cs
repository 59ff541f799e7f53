using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AuthModule.Cryptography;
using AuthModule.Jose.Tokens;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Signing;

/// <summary>Reads a private key from a JWK, or from a JWK Set with one private key in it (RFC 7517, RFC 7518, section 6).</summary>
internal static class PrivateJwk
{
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static ClientKey Read(byte[] utf8)
    {
        Dictionary<string, object?> jwk = PlainValues.TryReadObject(utf8, out _) ?? throw new FormatException("It is not a JSON object.");
        if (jwk.TryGetValue("keys", out object? members) && members is object?[] keys)
        {
            Dictionary<string, object?>[] usable = [.. keys.OfType<Dictionary<string, object?>>().Where(key => key.ContainsKey("d"))];
            jwk = usable.Length == 1 ? usable[0] : throw new FormatException($"It is a set with {usable.Length} private keys; give a file with one.");
        }

        return new ClientKey(Material(jwk))
        {
            Id = ClaimText.One(jwk, "kid"),
            Algorithm = ClaimText.One(jwk, "alg"),
            CertificateSha1 = ClaimText.One(jwk, "x5t"),
            CertificateSha256 = ClaimText.One(jwk, "x5t#S256"),
        };
    }

    private static SecurityKey Material(Dictionary<string, object?> jwk)
    {
        if (!jwk.ContainsKey("d"))
        {
            throw new FormatException("It is a public key.");
        }

        switch (ClaimText.One(jwk, "kty"))
        {
            case "EC":
                string curve = ClaimText.One(jwk, "crv") ?? "without a name";
                int size = EcKey.SizeOf(curve);
                return EcKey.From(curve, Number(jwk, "x", size), Number(jwk, "y", size), Number(jwk, "d", size));
            case "RSA":
                byte[] modulus = Number(jwk, "n", null);
                int half = (modulus.Length + 1) / 2;
                return new RsaSecurityKey(RsaFactory.From(new RSAParameters
                {
                    Modulus = modulus,
                    Exponent = Number(jwk, "e", null),
                    D = Number(jwk, "d", modulus.Length),
                    P = Number(jwk, "p", half),
                    Q = Number(jwk, "q", half),
                    DP = Number(jwk, "dp", half),
                    DQ = Number(jwk, "dq", half),
                    InverseQ = Number(jwk, "qi", half),
                }));
            default:
                throw new FormatException($"It is a key of kind '{ClaimText.One(jwk, "kty")}', neither RSA nor EC.");
        }
    }

    // RSA numbers are written without leading zeros (RFC 7518, section 6.3), EC ones with them (section 6.2); .NET wants them all.
    private static byte[] Number(Dictionary<string, object?> jwk, string name, int? size)
    {
        if (ClaimText.One(jwk, name) is not { } text || !Base64Url.TryDecode(text, out byte[] bytes) || bytes.Length == 0 || bytes.Length > (size ?? bytes.Length))
        {
            throw new FormatException($"Its '{name}' is missing or not a number of the right size.");
        }

        byte[] padded = new byte[size ?? bytes.Length];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return padded;
    }
}
