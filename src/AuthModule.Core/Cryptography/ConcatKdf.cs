using System;
using System.Security.Cryptography;

namespace AuthModule.Cryptography;

/// <summary>The single-step key derivation of NIST SP 800-56A with SHA-256, as RFC 7518, section 4.6.2, uses it.</summary>
internal static class ConcatKdf
{
    /// <param name="secret">What both sides agreed on.</param>
    /// <param name="info">What the key is for: <c>OtherInfo</c>.</param>
    /// <param name="bytes">The length of the key.</param>
    public static byte[] Derive(byte[] secret, byte[] info, int bytes)
    {
        byte[] derived = new byte[bytes];
        int filled = 0;
        for (int round = 1; filled < bytes; round++)
        {
            byte[] hash = SHA256.HashData([.. BigEndian(round), .. secret, .. info]);
            int taken = Math.Min(hash.Length, bytes - filled);
            Array.Copy(hash, 0, derived, filled, taken);
            filled += taken;
        }

        return derived;
    }

    /// <summary>Four bytes, as lengths and counters stand in it.</summary>
    public static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
