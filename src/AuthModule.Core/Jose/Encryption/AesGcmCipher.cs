#if !NETSTANDARD2_0
using System.Security.Cryptography;
#endif

namespace AuthModule.Jose.Encryption;

/// <summary>AES in Galois counter mode with a 96-bit nonce and a 128-bit tag (RFC 7518, section 5.3).</summary>
internal static class AesGcmCipher
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

#if NETSTANDARD2_0
    public static bool IsSupported => true;
#else
    public static bool IsSupported => AesGcm.IsSupported;
#endif

    /// <summary>Null when the tag is not right.</summary>
    public static byte[]? Decrypt(byte[] key, byte[] nonce, byte[] text, byte[] tag, byte[] additional)
    {
        // A shorter tag is easier to guess: only the full one.
        if (nonce.Length != NonceBytes || tag.Length != TagBytes)
        {
            return null;
        }

        byte[] plaintext = new byte[text.Length];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(nonce, text, tag, plaintext, additional);
        return plaintext;
    }
}
