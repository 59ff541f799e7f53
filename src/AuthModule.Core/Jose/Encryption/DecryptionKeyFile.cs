using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuthModule.Errors;
using AuthModule.Jose.Signing;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Jose.Encryption;

/// <summary>
/// Reads the key that tokens are encrypted to: from a file with a JWK or a JWK set (RFC 7517), a PEM or a PFX, or from a
/// certificate store, written as PowerShell's drive has it (<c>Cert:\CurrentUser\My\THUMBPRINT</c>).
/// </summary>
internal static class DecryptionKeyFile
{
    private const string Advice = "Give a PEM, JWK, JWK set or PFX file with a private key, or Cert:\\CurrentUser\\My\\THUMBPRINT. The password of an encrypted one goes into -DecryptionKeyPassword.";

    /// <param name="path">Of the file or the certificate.</param>
    /// <param name="password">Of an encrypted PEM or a PFX; null where it has none.</param>
    /// <exception cref="ConfigurationException">InvalidKey; nothing of the key or the password is in its text.</exception>
    public static DecryptionKeys Read(string path, Secret? password = null)
    {
        try
        {
            if (CertificatePlace.TryRead(path) is { } place)
            {
                return DecryptionKey.From(place.Find());
            }

            return Parse(KeyBytes.Read(path), password);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or FormatException or CryptographicException)
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, $"The key '{path}' cannot be used to decrypt. {cause.Message}", new ErrorDetails { Action = Advice, Cause = cause });
        }
    }

    private static DecryptionKeys Parse(byte[] bytes, Secret? password)
    {
        byte[] utf8 = TextFile.ToUtf8(bytes);
        string text = Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith('{') ? OfJwks(utf8)
            : text.Contains("-----BEGIN ", StringComparison.Ordinal) ? DecryptionPem.Read(text, password)
            : KeyBytes.MayBePfx(bytes) ? KeyBytes.ReadPfx(bytes, password, X509KeyStorageFlags.Exportable, DecryptionKey.From)
            : throw new FormatException("It holds no private or shared JWK (RFC 7517), and is neither PEM nor PFX.");
    }

    private static DecryptionKeys OfJwks(byte[] utf8)
    {
        if (PlainValues.TryReadObject(utf8, out string fault) is not { } read)
        {
            throw new FormatException($"It is JSON that {fault}.");
        }

        if (!read.TryGetValue("keys", out object? member))
        {
            return DecryptionKey.TryRead(read) ?? throw new FormatException("It holds no private or shared JWK (RFC 7517).");
        }

        DecryptionKey[] keys = member is IEnumerable<object?> members
            ? [.. members.OfType<Dictionary<string, object?>>().Where(IsToDecrypt).Select(static jwk => DecryptionKey.TryRead(jwk)).OfType<DecryptionKey>().Take(DecryptionKeys.MaxKeys)]
            : [];
        return keys.Length > 0 ? new DecryptionKeys(keys) : throw new FormatException("The JWK set in it holds no private or shared key that decrypts.");
    }

    // A set often holds the keys that sign as well.
    private static bool IsToDecrypt(Dictionary<string, object?> jwk) => ClaimText.One(jwk, "use") is null or "enc";
}
