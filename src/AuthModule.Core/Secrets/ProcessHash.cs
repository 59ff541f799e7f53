using System;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Secrets;

/// <summary>Texts in a form that only this process can compare: they may hold a password.</summary>
internal static class ProcessHash
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Upper-case hex, 64 characters.</summary>
    public static string Of(string text) => Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)));
}
