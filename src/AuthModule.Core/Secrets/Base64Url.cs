using System;

namespace AuthModule.Secrets;

/// <summary>Base64url without padding (RFC 7515, appendix C).</summary>
internal static class Base64Url
{
    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>False for anything that is not exactly base64url: other letters, padding, white space, left-over bits.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        foreach (char c in text)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
            {
                return false;
            }
        }

        if (text.Length % 4 == 1)
        {
            return false;
        }

        string padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        bytes = Convert.FromBase64String(padded);

        // Two texts must not decode to the same bytes: a changed last letter would slip past a comparison of texts.
        return string.Equals(Encode(bytes), text, StringComparison.Ordinal);
    }
}
