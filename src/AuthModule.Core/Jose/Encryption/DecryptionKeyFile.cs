using System;
using System.Collections.Generic;
using System.IO;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Jose.Encryption;

/// <summary>Reads the key that tokens are encrypted to from a file with one private or shared JWK (RFC 7517).</summary>
internal static class DecryptionKeyFile
{
    private const long LongestFile = 64 * 1024;

    /// <exception cref="ConfigurationException">InvalidKey; nothing of the key is in its text.</exception>
    public static DecryptionKey Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            Dictionary<string, object?>? jwk = file.Length <= LongestFile ? PlainValues.TryReadObject(TextFile.ToUtf8(File.ReadAllBytes(path)), out _) : null;
            return (jwk is null ? null : DecryptionKey.TryRead(jwk))
                ?? throw AuthError.Create(AuthErrorId.InvalidKey, $"The key file '{path}' holds no private or shared JWK (RFC 7517).");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, $"The key file '{path}' cannot be read: {cause.Message}", new ErrorDetails { Cause = cause });
        }
    }
}
