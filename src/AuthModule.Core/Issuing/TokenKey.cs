using System;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Issuing;

/// <summary>The name under which a token is stored: a hash, so that a stolen store holds no token.</summary>
internal static class TokenKey
{
    /// <summary>In characters. Longer ones are refused unread: hashing them is work for whoever sends them.</summary>
    public const int MaximumLength = 16 * 1024;

    public static bool TryHash(string? token, out string key)
    {
        key = string.Empty;
        if (string.IsNullOrEmpty(token) || token!.Length > MaximumLength)
        {
            return false;
        }

        key = Hash(token);
        return true;
    }

    /// <summary>Lowercase hex of SHA-256 over UTF-8.</summary>
    public static string Hash(string token)
    {
#pragma warning disable CA1308 // The contract says lowercase.
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))).ToLowerInvariant();
#pragma warning restore CA1308
    }
}
