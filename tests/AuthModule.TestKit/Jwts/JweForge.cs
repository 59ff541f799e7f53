using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Text;

namespace AuthModule.TestKit.Jwts;

/// <summary>Encrypts for tests, independent of the code under test.</summary>
internal static class JweForge
{
    public static RSA Recipient { get; } = RSA.Create(2048);

    public static string Token(string inner, Action<Dictionary<string, object?>>? change = null, RSA? recipient = null) =>
        Token(Encoding.UTF8.GetBytes(inner), change, recipient);

    /// <summary>RSA-OAEP-256 and A256GCM, whatever <paramref name="change"/> makes the header say.</summary>
    public static string Token(byte[] inner, Action<Dictionary<string, object?>>? change = null, RSA? recipient = null)
    {
        var header = new Dictionary<string, object?> { ["alg"] = "RSA-OAEP-256", ["enc"] = "A256GCM", ["cty"] = "JWT" };
        change?.Invoke(header);
        byte[] contentKey = RandomNumberGenerator.GetBytes(32);
        byte[] wrapped = (recipient ?? Recipient).Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256);
        return Seal(Forge.Json(header), wrapped, contentKey, inner);
    }

    public static string Direct(string inner, byte[] shared)
    {
        return Seal("""{"alg":"dir","enc":"A256GCM"}""", [], shared, Encoding.UTF8.GetBytes(inner));
    }

    public static byte[] Deflate(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var deflater = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflater.Write(plain);
        }

        return packed.ToArray();
    }

    private static string Seal(string header, byte[] wrapped, byte[] contentKey, byte[] inner)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(12);
        byte[] text = new byte[inner.Length];
        byte[] tag = new byte[16];
        using var cipher = new AesGcm(contentKey, 16);
        cipher.Encrypt(nonce, inner, text, tag, Encoding.ASCII.GetBytes(Forge.Part(header)));
        return string.Join('.', Forge.Part(header), Base64Url.Encode(wrapped), Base64Url.Encode(nonce), Base64Url.Encode(text), Base64Url.Encode(tag));
    }
}
