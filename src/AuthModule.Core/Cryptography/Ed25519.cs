using System;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;
using RandomNumberGenerator = System.Security.Cryptography.RandomNumberGenerator;

namespace AuthModule.Cryptography;

/// <summary>
/// Ed25519 (RFC 8032), which no .NET that this runs on has. Touching this class loads the library that does it. Keys are as a
/// JWK of kind OKP has them (RFC 8037): <c>d</c> is the private, <c>x</c> the public one.
/// </summary>
internal static class Ed25519
{
    /// <summary>Of a private and of a public key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>In bytes.</summary>
    public const int SignatureLength = 64;

    /// <summary>A new private key: any 32 random bytes are one.</summary>
    public static byte[] NewPrivateKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <exception cref="ArgumentException">It has not 32 bytes.</exception>
    public static byte[] PublicKeyOf(byte[] privateKey)
    {
        KeyBytes.Require(privateKey, KeyLength);
        byte[] publicKey = new byte[KeyLength];
        Curve.GeneratePublicKey(privateKey, 0, publicKey, 0);
        return publicKey;
    }

    /// <summary>The same signature each time: no random number that could be a bad one is in it.</summary>
    /// <exception cref="ArgumentException">The key has not 32 bytes.</exception>
    public static byte[] Sign(byte[] privateKey, byte[] data)
    {
        KeyBytes.Require(privateKey, KeyLength);
        byte[] signature = new byte[SignatureLength];
        Curve.Sign(privateKey, 0, data, 0, data.Length, signature, 0);
        return signature;
    }

    /// <summary>Once; who verifies with one key again and again keeps an <see cref="Ed25519PublicKey"/>.</summary>
    public static bool Verify(byte[] publicKey, byte[] data, byte[] signature) =>
        Ed25519PublicKey.TryRead(publicKey)?.Verifies(data, data.Length, signature) == true;
}
