using System;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace AuthModule.Cryptography;

/// <summary>
/// Encrypted PKCS#8 keys of any kind (RFC 5958, section 3). The framework opens those of its own kinds only, and .NET Framework
/// none. Touching this class loads the library that does it.
/// </summary>
internal static class EncryptedKey
{
    /// <summary>The PKCS#8 key in it; null when the password is another, or it is damaged.</summary>
    public static byte[]? TryOpen(byte[] der, string password)
    {
        char[] characters = password.ToCharArray();
        try
        {
            return PrivateKeyInfoFactory.CreatePrivateKeyInfo(characters, EncryptedPrivateKeyInfo.GetInstance(der)).GetDerEncoded();
        }
        catch (Exception cause) when (cause is CryptoException or GeneralSecurityException or ArgumentException or InvalidOperationException or System.IO.IOException or FormatException or InvalidCastException)
        {
            return null;
        }
        finally
        {
            Array.Clear(characters, 0, characters.Length);
        }
    }
}
