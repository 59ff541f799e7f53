using System;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Concurrency;
#if NETSTANDARD2_0
using AesGcm = AuthModule.Polyfills.AesGcm;
#endif

namespace AuthModule.Stores.Encryption;

/// <summary>
/// Encrypts values and detects every change to them: AES-256-GCM (NIST SP 800-38D), with version and name of the entry authenticated
/// besides. Nonces are random, so one store's keys are good for 2^32 values.
/// </summary>
/// <remarks>Form: version (1 byte, 1), nonce (12), ciphertext, tag (16).</remarks>
internal sealed class EntryCipher(byte[] encryptionKey, byte[] nameKey)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    private readonly KeyPool<AesGcm> ciphers = new(() => new AesGcm(encryptionKey, TagLength));

    /// <summary>What a name is called in the store: without the key nobody can tell, or try, whose session it is.</summary>
    public string NameOf(string name) => Convert.ToHexString(HMACSHA256.HashData(nameKey, Encoding.UTF8.GetBytes(name))).ToLowerInvariant();

    /// <param name="name">The entry that the value belongs to; it opens under no other.</param>
    /// <param name="value">The plain value.</param>
    public byte[] Encrypt(string name, byte[] value)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(NonceLength);
        byte[] ciphertext = new byte[value.Length];
        byte[] tag = new byte[TagLength];
        AesGcm cipher = ciphers.Take();
        cipher.Encrypt(nonce, value, ciphertext, tag, Authenticated(name));
        ciphers.GiveBack(cipher);
        return [Version, .. nonce, .. ciphertext, .. tag];
    }

    /// <summary>Null where it was changed, belongs to another entry or was sealed with another key.</summary>
    public byte[]? Decrypt(string name, byte[] sealedValue)
    {
        if (sealedValue.Length < Overhead || sealedValue[0] != Version)
        {
            return null;
        }

        byte[] nonce = sealedValue.AsSpan(1, NonceLength).ToArray();
        byte[] ciphertext = sealedValue.AsSpan(1 + NonceLength, sealedValue.Length - Overhead).ToArray();
        byte[] tag = sealedValue.AsSpan(sealedValue.Length - TagLength).ToArray();
        byte[] value = new byte[ciphertext.Length];
        AesGcm cipher = ciphers.Take();
        try
        {
            cipher.Decrypt(nonce, ciphertext, tag, value, Authenticated(name));
            return value;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            ciphers.GiveBack(cipher);
        }
    }

    private static byte[] Authenticated(string name) => [Version, .. Encoding.UTF8.GetBytes(name)];
}
