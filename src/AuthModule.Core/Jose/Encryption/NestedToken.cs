using System.Linq;
using System.Text;
using AuthModule.Jose.Tokens;

namespace AuthModule.Jose.Encryption;

/// <summary>A signed token inside of an encrypted one (RFC 7519, section 11.2).</summary>
internal static class NestedToken
{
    private const int DotsOfEncrypted = 4;

    public static bool IsEncrypted(string token) => token.Count(static letter => letter == '.') == DotsOfEncrypted;

    /// <summary>The signed token, which nothing is known of yet; null where the keys do not open it, or there is none inside.</summary>
    public static string? TryOpen(string token, DecryptionKeys keys) =>
        CompactToken.TryRead(token, out _) is { IsEncrypted: true } encrypted && keys.Decrypt(encrypted).Plaintext is { } plaintext
            && Encoding.ASCII.GetString(plaintext) is { } inner && CompactToken.TryRead(inner, out _) is { IsEncrypted: false }
                ? inner
                : null;
}
