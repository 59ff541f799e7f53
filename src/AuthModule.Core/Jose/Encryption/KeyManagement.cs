using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using AuthModule.Jose.Tokens;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Jose.Encryption;

/// <summary>
/// How the key of the content came along (RFC 7518, section 4). The key decides which ways are open. Passwords (PBES2) are not:
/// the token would say how long to compute.
/// </summary>
internal static class KeyManagement
{
    /// <summary>Null when the key may be used this way.</summary>
    public static string? Fault(string algorithm, ContentCipher cipher, DecryptionKey key)
    {
        // A key that encrypts directly is named after what it encrypts with.
        if (key.Algorithm is { } own && own != (algorithm == "dir" ? cipher.Name : algorithm))
        {
            return $"the key is for {DisplayText.Text(own)} only, not '{DisplayText.Text(algorithm)}'";
        }

        bool isOpen = algorithm switch
        {
            "RSA-OAEP" or "RSA-OAEP-256" or "RSA-OAEP-384" or "RSA-OAEP-512" => key.Rsa is not null,
            "RSA1_5" => key.Rsa is not null && key.AllowsRsa15,
            "dir" => key.Shared is not null,
            "A128KW" => key.Shared?.Length == 16,
            "A192KW" => key.Shared?.Length == 24,
            "A256KW" => key.Shared?.Length == 32,
            "A128GCMKW" => key.Shared?.Length == 16 && AesGcmCipher.IsSupported,
            "A192GCMKW" => key.Shared?.Length == 24 && AesGcmCipher.IsSupported,
            "A256GCMKW" => key.Shared?.Length == 32 && AesGcmCipher.IsSupported,
            "ECDH-ES" or "ECDH-ES+A128KW" or "ECDH-ES+A192KW" or "ECDH-ES+A256KW" => key.Agrees,
            _ => false,
        };
        return isOpen ? null : $"'{DisplayText.Text(algorithm)}' is not open to the key that was given";
    }

    /// <summary>Null when it cannot be had.</summary>
    public static byte[]? Unwrap(string algorithm, DecryptionKey key, CompactToken token, ContentCipher cipher)
    {
        byte[] wrapped = token.Parts[1];
        switch (algorithm)
        {
            case "dir": return wrapped.Length == 0 ? key.Shared : null;
            case "RSA-OAEP": return UnwrapRsa(key.Rsa!, wrapped, RSAEncryptionPadding.OaepSHA1);
            case "RSA-OAEP-256": return UnwrapRsa(key.Rsa!, wrapped, RSAEncryptionPadding.OaepSHA256);
            case "RSA-OAEP-384": return UnwrapRsa(key.Rsa!, wrapped, RSAEncryptionPadding.OaepSHA384);
            case "RSA-OAEP-512": return UnwrapRsa(key.Rsa!, wrapped, RSAEncryptionPadding.OaepSHA512);
            case "RSA1_5": return UnwrapRsa(key.Rsa!, wrapped, RSAEncryptionPadding.Pkcs1);
            case "A128GCMKW" or "A192GCMKW" or "A256GCMKW":
                return Member(token.Header, "iv") is { } vector && Member(token.Header, "tag") is { } tag
                    ? AesGcmCipher.Decrypt(key.Shared!, vector, wrapped, tag, [])
                    : null;
            case "ECDH-ES": return wrapped.Length == 0 ? KeyAgreement.Derive(key, token.Header, cipher.Name, cipher.KeyBytes) : null;
            case "ECDH-ES+A128KW": return UnwrapAes(KeyAgreement.Derive(key, token.Header, algorithm, 16), "A128KW", wrapped);
            case "ECDH-ES+A192KW": return UnwrapAes(KeyAgreement.Derive(key, token.Header, algorithm, 24), "A192KW", wrapped);
            case "ECDH-ES+A256KW": return UnwrapAes(KeyAgreement.Derive(key, token.Header, algorithm, 32), "A256KW", wrapped);
            default: return UnwrapAes(key.Shared, algorithm, wrapped);
        }
    }

    private static byte[]? UnwrapRsa(RSA rsa, byte[] wrapped, RSAEncryptionPadding padding)
    {
        try
        {
            return rsa.Decrypt(wrapped, padding);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? UnwrapAes(byte[]? key, string algorithm, byte[] wrapped)
    {
        if (key is null)
        {
            return null;
        }

        try
        {
            return CryptoProviderFactory.Default.CreateKeyWrapProviderForUnwrap(new SymmetricSecurityKey(key), algorithm).UnwrapKey(wrapped);
        }
        catch (Exception cause) when (cause is SecurityTokenKeyWrapException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[]? Member(Dictionary<string, object?> header, string name) =>
        ClaimText.One(header, name) is { } text && Base64Url.TryDecode(text, out byte[] bytes) ? bytes : null;
}
