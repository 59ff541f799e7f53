// AES-GCM as newer frameworks have it, for .NET Framework, which has none: the same members, over BouncyCastle.
using System;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace AuthModule.Polyfills;

/// <summary>Touching this class loads the library that does it.</summary>
internal sealed class AesGcm : IDisposable
{
    private const int TagLength = 16;
    private const int NonceLength = 12;

    private readonly KeyParameter key;

    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="tagSizeInBytes">16: shorter tags are not offered.</param>
    public AesGcm(byte[] key, int tagSizeInBytes)
    {
        if (tagSizeInBytes != TagLength)
        {
            throw new ArgumentException("A tag has 16 bytes.", nameof(tagSizeInBytes));
        }

        this.key = new KeyParameter(key);
    }

    public void Encrypt(byte[] nonce, byte[] plaintext, byte[] ciphertext, byte[] tag, byte[] associatedData)
    {
        GcmBlockCipher cipher = Start(forEncryption: true, nonce, associatedData);
        byte[] both = new byte[plaintext.Length + TagLength];
        int written = cipher.ProcessBytes(plaintext, 0, plaintext.Length, both, 0);
        cipher.DoFinal(both, written);
        Array.Copy(both, 0, ciphertext, 0, plaintext.Length);
        Array.Copy(both, plaintext.Length, tag, 0, TagLength);
    }

    /// <exception cref="CryptographicException">Something was changed, or the key is another; nothing was decrypted.</exception>
    public void Decrypt(byte[] nonce, byte[] ciphertext, byte[] tag, byte[] plaintext, byte[] associatedData)
    {
        GcmBlockCipher cipher = Start(forEncryption: false, nonce, associatedData);

        // Not into the caller's array: text comes out before the tag was looked at.
        byte[] text = new byte[ciphertext.Length + TagLength];
        try
        {
            int written = cipher.ProcessBytes(ciphertext, 0, ciphertext.Length, text, 0);
            written += cipher.ProcessBytes(tag, 0, tag.Length, text, written);
            cipher.DoFinal(text, written);
        }
        catch (InvalidCipherTextException)
        {
            Array.Clear(text, 0, text.Length);
            throw new CryptographicException("The tag does not match.");
        }

        Array.Copy(text, 0, plaintext, 0, ciphertext.Length);
        Array.Clear(text, 0, text.Length);
    }

    public void Dispose()
    {
    }

    private GcmBlockCipher Start(bool forEncryption, byte[] nonce, byte[] associatedData)
    {
        if (nonce.Length != NonceLength)
        {
            throw new ArgumentException("A nonce has 12 bytes.", nameof(nonce));
        }

        var cipher = new GcmBlockCipher(Org.BouncyCastle.Crypto.AesUtilities.CreateEngine());
        cipher.Init(forEncryption, new AeadParameters(key, TagLength * 8, nonce, associatedData));
        return cipher;
    }
}
