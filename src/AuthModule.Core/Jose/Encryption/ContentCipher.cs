using System;
using System.Security.Cryptography;
using AuthModule.Jose.Tokens;

namespace AuthModule.Jose.Encryption;

/// <summary>The content encryptions of RFC 7518, section 5.1. All of them are authenticated.</summary>
internal sealed class ContentCipher
{
    private static readonly ContentCipher[] Known =
    [
        new("A128CBC-HS256", 32, HashAlgorithmName.SHA256),
        new("A192CBC-HS384", 48, HashAlgorithmName.SHA384),
        new("A256CBC-HS512", 64, HashAlgorithmName.SHA512),
        new("A128GCM", 16, null),
        new("A192GCM", 24, null),
        new("A256GCM", 32, null),
    ];

    private readonly HashAlgorithmName? hash;

    private ContentCipher(string name, int keyBytes, HashAlgorithmName? hash)
    {
        Name = name;
        KeyBytes = keyBytes;
        this.hash = hash;
    }

    public string Name { get; }

    public int KeyBytes { get; }

    /// <summary>By its exact name; null for others.</summary>
    public static ContentCipher? Find(string? name) => Array.Find(Known, cipher => cipher.Name == name);

    /// <summary>Null when the tag is not right.</summary>
    public byte[]? Decrypt(byte[] key, CompactToken token)
    {
        byte[] vector = token.Parts[2];
        byte[] text = token.Parts[3];
        byte[] tag = token.Parts[4];

        // The additional data is the header as it stands in the token (RFC 7516, section 5.1, step 14).
        byte[] additional = token.Ascii.AsSpan(0, Array.IndexOf(token.Ascii, (byte)'.')).ToArray();
        return hash is { } name ? DecryptCbc(key, vector, text, tag, additional, name) : AesGcmCipher.Decrypt(key, vector, text, tag, additional);
    }

    // RFC 7518, section 5.2.2: the first half of the key is for the tag, the second for the text; the tag is looked at first.
    private static byte[]? DecryptCbc(byte[] key, byte[] vector, byte[] text, byte[] tag, byte[] additional, HashAlgorithmName hash)
    {
        int half = key.Length / 2;
        byte[] bits = BitConverter.GetBytes((ulong)additional.Length * 8);
        if (BitConverter.IsLittleEndian)
        {
            Array.Reverse(bits);
        }

        using IncrementalHash mac = IncrementalHash.CreateHMAC(hash, key.AsSpan(0, half).ToArray());
        mac.AppendData(additional);
        mac.AppendData(vector);
        mac.AppendData(text);
        mac.AppendData(bits);
        if (!CryptographicOperations.FixedTimeEquals(mac.GetHashAndReset().AsSpan(0, half), tag))
        {
            return null;
        }

        using Aes aes = Aes.Create();
        aes.Key = key.AsSpan(half).ToArray();
        aes.IV = vector;
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        using ICryptoTransform decryptor = aes.CreateDecryptor();
        return decryptor.TransformFinalBlock(text, 0, text.Length);
    }
}
