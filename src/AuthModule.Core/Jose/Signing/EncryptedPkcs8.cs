using System;
using System.Security.Cryptography;
using AuthModule.Secrets;

namespace AuthModule.Jose.Signing;

/// <summary>Encrypted private keys: <c>EncryptedPrivateKeyInfo</c> of PKCS#8 (RFC 5958, section 3).</summary>
internal static class EncryptedPkcs8
{
    /// <summary>The PKCS#8 key in it.</summary>
    /// <exception cref="FormatException">No password, another one, or it is damaged; or this framework cannot decrypt it.</exception>
    public static byte[] Decrypt(byte[] der, Secret? password)
    {
        if (password is null)
        {
            throw new FormatException("The key in it is encrypted, and no password was given.");
        }

#if NETSTANDARD2_0
        throw new FormatException("The key in it is encrypted, which this framework (Windows PowerShell's) cannot read: use PowerShell 7.4 or later, or put key and certificate into a PFX with a password.");
#else
        // What kind of key it is shows only when it is decrypted.
        return TryDecrypt(RSA.Create, der, password) ?? TryDecrypt(ECDsa.Create, der, password)
            ?? throw new FormatException("The key in it is encrypted with another password than was given, is damaged, or is neither RSA nor EC.");
#endif
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
