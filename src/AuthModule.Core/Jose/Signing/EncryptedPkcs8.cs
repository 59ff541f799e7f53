using System;
using AuthModule.Cryptography;
using AuthModule.Secrets;
#if !NETSTANDARD2_0
using System.Security.Cryptography;
#endif

namespace AuthModule.Jose.Signing;

/// <summary>Encrypted private keys: <c>EncryptedPrivateKeyInfo</c> of PKCS#8 (RFC 5958, section 3).</summary>
internal static class EncryptedPkcs8
{
    /// <summary>The PKCS#8 key in it.</summary>
    /// <exception cref="FormatException">No password, another one, or it is damaged.</exception>
    public static byte[] Decrypt(byte[] der, Secret? password)
    {
        if (password is null)
        {
            throw new FormatException("The key in it is encrypted, and no password was given.");
        }

        // The framework is quicker where it knows the kind of key, which shows only when it is decrypted.
        return
#if !NETSTANDARD2_0
            TryDecrypt(RSA.Create, der, password) ?? TryDecrypt(ECDsa.Create, der, password) ??
#endif
            EncryptedKey.TryOpen(der, password.Reveal())
            ?? throw new FormatException("The key in it is encrypted with another password than was given, or is damaged.");
    }

#if !NETSTANDARD2_0
    private static byte[]? TryDecrypt(Func<AsymmetricAlgorithm> create, byte[] der, Secret password)
    {
        using AsymmetricAlgorithm key = create();
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(password.Reveal(), der, out _);
            return key.ExportPkcs8PrivateKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
#endif
}
