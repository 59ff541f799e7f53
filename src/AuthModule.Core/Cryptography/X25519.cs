using System;
using Curve = Org.BouncyCastle.Math.EC.Rfc7748.X25519;
using RandomNumberGenerator = System.Security.Cryptography.RandomNumberGenerator;

namespace AuthModule.Cryptography;

/// <summary>
/// Key agreement on Curve25519 (RFC 7748), which no .NET that this runs on has everywhere. Touching this class loads the library
/// that does it. Keys are as a JWK of kind OKP has them (RFC 8037).
/// </summary>
internal static class X25519
{
    /// <summary>Of a private key, a public key and a shared secret, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>A new private key: any 32 random bytes are one.</summary>
    public static byte[] NewPrivateKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <exception cref="ArgumentException">It has not 32 bytes.</exception>
    public static byte[] PublicKeyOf(byte[] privateKey)
    {
        KeyBytes.Require(privateKey, KeyLength);
        byte[] publicKey = new byte[KeyLength];
        Curve.ScalarMultBase(privateKey, 0, publicKey, 0);
        return publicKey;
    }

    /// <summary>The secret that both sides come to. It is no key yet: derive one (for JWE, RFC 7518, section 4.6.2).</summary>
    /// <returns>Null when the other side's key makes every secret the same (RFC 7748, section 6.1), or has not 32 bytes.</returns>
    /// <exception cref="ArgumentException">The private key has not 32 bytes.</exception>
    public static byte[]? Agree(byte[] privateKey, byte[] theirs)
    {
        KeyBytes.Require(privateKey, KeyLength);
        byte[] secret = new byte[KeyLength];
        return theirs.Length == KeyLength && Curve.CalculateAgreement(privateKey, 0, theirs, 0, secret, 0) ? secret : null;
    }
}
