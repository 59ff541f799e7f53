using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Stores.Sealing;

/// <summary>
/// Encrypts values and detects every change to them: AES-256-CBC, then HMAC-SHA256 over version, key name, IV and ciphertext
/// (encrypt-then-MAC). Not AES-GCM, because .NET Framework has none and both builds must read one Redis; with an own key for
/// each of the two steps and the check before decryption it protects as much.
/// </summary>
/// <remarks>Form: version (1 byte, 1), IV (16), ciphertext (PKCS#7), MAC (32).</remarks>
internal sealed class Sealer(byte[] encryptionKey, byte[] authenticationKey, byte[] nameKey)
{
    private const byte Version = 1;
    private const int IvLength = 16;
    private const int MacLength = 32;

    /// <summary>What a name is called in the store: without the key nobody can tell, or try, whose session it is.</summary>
    public string NameOf(string name) => Convert.ToHexString(HMACSHA256.HashData(nameKey, Encoding.UTF8.GetBytes(name))).ToLowerInvariant();

    /// <param name="name">The entry that the value belongs to; it opens under no other.</param>
    /// <param name="value">The plain value.</param>
    public byte[] Seal(string name, byte[] value)
    {
        using Aes aes = NewAes();
        byte[] iv = RandomNumberGenerator.GetBytes(IvLength);
        byte[] ciphertext;
        using (ICryptoTransform encryption = aes.CreateEncryptor(encryptionKey, iv))
        {
            ciphertext = encryption.TransformFinalBlock(value, 0, value.Length);
        }

        return [Version, .. iv, .. ciphertext, .. Mac(name, iv, ciphertext)];
    }

    /// <summary>Null where it was changed, belongs to another entry or was sealed with another key.</summary>
    public byte[]? Open(string name, byte[] sealedValue)
    {
        if (sealedValue.Length < 1 + IvLength + MacLength || sealedValue[0] != Version)
        {
            return null;
        }

        byte[] iv = sealedValue.AsSpan(1, IvLength).ToArray();
        byte[] ciphertext = sealedValue.AsSpan(1 + IvLength, sealedValue.Length - 1 - IvLength - MacLength).ToArray();
        if (!CryptographicOperations.FixedTimeEquals(Mac(name, iv, ciphertext), sealedValue.AsSpan(sealedValue.Length - MacLength)))
        {
            return null;
        }

        using Aes aes = NewAes();
        using ICryptoTransform decryption = aes.CreateDecryptor(encryptionKey, iv);
        return decryption.TransformFinalBlock(ciphertext, 0, ciphertext.Length);
    }

    private static Aes NewAes()
    {
        var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        return aes;
    }

    // The length of the name stands before it, so that name and IV cannot be cut in another place.
    private byte[] Mac(string name, byte[] iv, byte[] ciphertext)
    {
        using var authenticated = new MemoryStream();
        using (var writer = new BinaryWriter(authenticated, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(name);
            writer.Write(iv);
            writer.Write(ciphertext);
        }

        return HMACSHA256.HashData(authenticationKey, authenticated.ToArray());
    }
}
