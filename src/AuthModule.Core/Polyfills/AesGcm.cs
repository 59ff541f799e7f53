// AES-GCM as newer frameworks have it, for .NET Framework, which has none. AES itself is the framework's; the counter mode and the
// checksum around it are here (NIST SP 800-38D). No branch and no table look-up depends on a secret. Tests hold it to the
// framework's own in both directions.
using System;
using System.Security.Cryptography;

namespace AuthModule.Polyfills;

internal sealed class AesGcm : IDisposable
{
    private const int Block = 16;
    private const int NonceLength = 12;

    private readonly Aes aes;
    private readonly ICryptoTransform encryptor;
    private readonly ulong hashKeyHigh;
    private readonly ulong hashKeyLow;

    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="tagSizeInBytes">16: shorter tags are not offered.</param>
    public AesGcm(byte[] key, int tagSizeInBytes)
    {
        if (tagSizeInBytes != Block)
        {
            throw new ArgumentException("A tag has 16 bytes.", nameof(tagSizeInBytes));
        }

        aes = Aes.Create();
        aes.Key = key;
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        encryptor = aes.CreateEncryptor();
        byte[] hashKey = new byte[Block];
        encryptor.TransformBlock(hashKey, 0, Block, hashKey, 0);
        hashKeyHigh = Read(hashKey, 0);
        hashKeyLow = Read(hashKey, 8);
    }

    public void Encrypt(byte[] nonce, byte[] plaintext, byte[] ciphertext, byte[] tag, byte[] associatedData)
    {
        RequireNonce(nonce);
        Count(nonce, plaintext, ciphertext);
        Tag(nonce, ciphertext, associatedData).CopyTo(tag, 0);
    }

    /// <exception cref="CryptographicException">Something was changed, or the key is another; nothing was decrypted.</exception>
    public void Decrypt(byte[] nonce, byte[] ciphertext, byte[] tag, byte[] plaintext, byte[] associatedData)
    {
        RequireNonce(nonce);
        byte[] expected = Tag(nonce, ciphertext, associatedData);
        int difference = expected.Length ^ tag.Length;
        for (int i = 0; i < Math.Min(expected.Length, tag.Length); i++)
        {
            difference |= expected[i] ^ tag[i];
        }

        if (difference != 0)
        {
            throw new CryptographicException("The tag does not match.");
        }

        Count(nonce, ciphertext, plaintext);
    }

    public void Dispose()
    {
        encryptor.Dispose();
        aes.Dispose();
    }

    private static void RequireNonce(byte[] nonce)
    {
        if (nonce.Length != NonceLength)
        {
            throw new ArgumentException("A nonce has 12 bytes.", nameof(nonce));
        }
    }

    // Counter mode: the first counter, 1, belongs to the tag.
    private void Count(byte[] nonce, byte[] from, byte[] to)
    {
        for (int start = 0; start < from.Length; start += Block)
        {
            byte[] stream = Stream(nonce, 2 + (uint)(start / Block));
            for (int i = start; i < Math.Min(start + Block, from.Length); i++)
            {
                to[i] = (byte)(from[i] ^ stream[i - start]);
            }
        }
    }

    private byte[] Stream(byte[] nonce, uint counter)
    {
        byte[] block = new byte[Block];
        nonce.CopyTo(block, 0);
        Write(block, NonceLength, counter);
        encryptor.TransformBlock(block, 0, Block, block, 0);
        return block;
    }

    private byte[] Tag(byte[] nonce, byte[] ciphertext, byte[] associatedData)
    {
        ulong high = 0, low = 0;
        Hash(associatedData, ref high, ref low);
        Hash(ciphertext, ref high, ref low);
        high ^= (ulong)associatedData.Length * 8;
        low ^= (ulong)ciphertext.Length * 8;
        Multiply(ref high, ref low);
        byte[] mask = Stream(nonce, 1);
        byte[] tag = new byte[Block];
        Write(tag, 0, (uint)(high >> 32));
        Write(tag, 4, (uint)high);
        Write(tag, 8, (uint)(low >> 32));
        Write(tag, 12, (uint)low);
        for (int i = 0; i < Block; i++)
        {
            tag[i] ^= mask[i];
        }

        return tag;
    }

    private void Hash(byte[] data, ref ulong high, ref ulong low)
    {
        byte[] block = new byte[Block];
        for (int start = 0; start < data.Length; start += Block)
        {
            int length = Math.Min(Block, data.Length - start);
            Array.Clear(block, 0, Block);
            Array.Copy(data, start, block, 0, length);
            high ^= Read(block, 0);
            low ^= Read(block, 8);
            Multiply(ref high, ref low);
        }
    }

    // Multiplication in GF(2^128), bit by bit (section 6.3): values here are tokens of a few kilobytes. Masks instead of branches.
    private void Multiply(ref ulong high, ref ulong low)
    {
        ulong productHigh = 0, productLow = 0, keyHigh = hashKeyHigh, keyLow = hashKeyLow;
        for (int bit = 127; bit >= 0; bit--)
        {
            ulong mask = 0 - (((bit >= 64 ? high : low) >> (bit & 63)) & 1);
            productHigh ^= keyHigh & mask;
            productLow ^= keyLow & mask;
            ulong carry = 0 - (keyLow & 1);
            keyLow = (keyLow >> 1) | (keyHigh << 63);
            keyHigh = (keyHigh >> 1) ^ (carry & 0xE100000000000000);
        }

        high = productHigh;
        low = productLow;
    }

    private static ulong Read(byte[] bytes, int at)
    {
        ulong value = 0;
        for (int i = at; i < at + 8; i++)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }

    private static void Write(byte[] bytes, int at, uint value)
    {
        bytes[at] = (byte)(value >> 24);
        bytes[at + 1] = (byte)(value >> 16);
        bytes[at + 2] = (byte)(value >> 8);
        bytes[at + 3] = (byte)value;
    }
}
