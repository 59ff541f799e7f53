using System;
using System.Security.Cryptography;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Jose.Encryption;

/// <summary>Decrypts a compact JWE (RFC 7516, section 5.2).</summary>
internal static class JweReader
{
    public static Decryption Decrypt(CompactToken token, DecryptionKey key)
    {
        string algorithm = ClaimText.One(token.Header, "alg") ?? string.Empty;
        if (ContentCipher.Find(ClaimText.One(token.Header, "enc")) is not { } cipher)
        {
            return Decryption.NotAllowed($"'{DisplayText.Text(ClaimText.One(token.Header, "enc") ?? string.Empty)}' is not a content encryption that is known here");
        }

        if (KeyManagement.Fault(algorithm, cipher, key) is { } misfit)
        {
            return Decryption.NotAllowed(misfit);
        }

        if (token.Header.TryGetValue("zip", out object? zip) && zip is not "DEF")
        {
            return Decryption.NotAllowed("compressed in a way that is not known here");
        }

        byte[]? plaintext;
        try
        {
            // A key that cannot be unwrapped is replaced by a random one, so that both end at the same place: the tag.
            byte[] contentKey = KeyManagement.Unwrap(algorithm, key, token, cipher) is { } unwrapped && unwrapped.Length == cipher.KeyBytes
                ? unwrapped
                : RandomNumberGenerator.GetBytes(cipher.KeyBytes);
            plaintext = cipher.Decrypt(contentKey, token);
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException or NotSupportedException)
        {
            return Decryption.Undecryptable;
        }

        if (plaintext is null)
        {
            return Decryption.Undecryptable;
        }

        if (zip is null)
        {
            return Decryption.Done(plaintext);
        }

        return BoundedInflate.TryInflate(plaintext) is { } inflated
            ? Decryption.Done(inflated)
            : Decryption.Malformed("what is inside is larger than a token may be, or was not compressed");
    }
}
