using System;
using System.Collections.Generic;
using AuthModule.Jose.Tokens;
using AuthModule.Text;
#if !NETSTANDARD2_0
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
#endif

namespace AuthModule.Jose.Encryption;

/// <summary>ECDH-ES with the Concat KDF (RFC 7518, section 4.6).</summary>
internal static class KeyAgreement
{
#if NETSTANDARD2_0
    public static bool IsSupported => false;

    public static byte[]? Derive(DecryptionKey key, Dictionary<string, object?> header, string algorithm, int bytes) => null;
#else
    public static bool IsSupported => true;

    /// <param name="key">Ours.</param>
    /// <param name="header">Has the sender's key of this one token.</param>
    /// <param name="algorithm">What the derived key is for.</param>
    /// <param name="bytes">Its length.</param>
    /// <returns>Null when the sender's key is none, or of another curve.</returns>
    public static byte[]? Derive(DecryptionKey key, Dictionary<string, object?> header, string algorithm, int bytes)
    {
        if (!header.TryGetValue("epk", out object? member) || member is not Dictionary<string, object?> epk
            || ClaimText.One(epk, "kty") != "EC" || ClaimText.One(epk, "crv") != key.Curve
            || Bytes(epk, "x") is not { } x || Bytes(epk, "y") is not { } y)
        {
            return null;
        }

        // Importing refuses a point beside the curve, which would give away the private key bit by bit.
        using ECDiffieHellman theirs = ECDiffieHellman.Create(new ECParameters { Curve = key.Ec!.Value.Curve, Q = new ECPoint { X = x, Y = y } });
        using ECDiffieHellman ours = ECDiffieHellman.Create(key.Ec.Value);
        byte[] info =
        [
            .. Prefixed(Encoding.ASCII.GetBytes(algorithm)),
            .. Prefixed(Bytes(header, "apu") ?? []),
            .. Prefixed(Bytes(header, "apv") ?? []),
            .. Number(bytes * 8),
        ];
        byte[] derived = new byte[bytes];
        int filled = 0;
        for (int round = 1; filled < bytes; round++)
        {
            byte[] hash = ours.DeriveKeyFromHash(theirs.PublicKey, HashAlgorithmName.SHA256, Number(round), info);
            int taken = Math.Min(hash.Length, bytes - filled);
            Array.Copy(hash, 0, derived, filled, taken);
            filled += taken;
        }

        return derived;
    }

    private static byte[] Prefixed(byte[] data) => [.. Number(data.Length), .. data];

    private static byte[] Number(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[]? Bytes(Dictionary<string, object?> members, string name) =>
        ClaimText.One(members, name) is { } text && Base64Url.TryDecode(text, out byte[] bytes) ? bytes : null;
#endif
}
