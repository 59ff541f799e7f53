using System;

namespace AuthModule.Cryptography;

/// <summary>Keys that are nothing but bytes.</summary>
internal static class KeyBytes
{
    public static void Require(byte[] key, int length)
    {
        if (key.Length != length)
        {
            throw new ArgumentException($"The key has {key.Length} bytes; it must have {length}.");
        }
    }
}
