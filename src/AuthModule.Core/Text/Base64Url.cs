using System;

namespace AuthModule.Text;

/// <summary>Base64url without padding (RFC 7515, appendix C).</summary>
internal static class Base64Url
{
    private const byte None = 0xFF;
    private static readonly byte[] Values = BuildValues();

    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>False for anything that is not exactly base64url: other letters, padding, white space, left-over bits.</summary>
    public static bool TryDecode(string text, out byte[] bytes) => TryDecode(text.AsSpan(), out bytes);

    /// <summary>The same for a part of a text.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        int rest = text.Length & 3;
        if (rest == 1)
        {
            return false;
        }

        byte[] decoded = new byte[((text.Length >> 2) * 3) + (rest == 0 ? 0 : rest - 1)];
        byte[] values = Values;
        int all = 0;
        int at = 0;
        int i = 0;
        for (; i + 4 <= text.Length; i += 4)
        {
            int a = Value(values, text[i]);
            int b = Value(values, text[i + 1]);
            int c = Value(values, text[i + 2]);
            int d = Value(values, text[i + 3]);
            all |= a | b | c | d;
            decoded[at] = (byte)((a << 2) | (b >> 4));
            decoded[at + 1] = (byte)((b << 4) | (c >> 2));
            decoded[at + 2] = (byte)((c << 6) | d);
            at += 3;
        }

        if (rest != 0)
        {
            int a = Value(values, text[i]);
            int b = Value(values, text[i + 1]);
            int c = rest == 3 ? Value(values, text[i + 2]) : 0;
            all |= a | b | c;

            // Two texts must not decode to the same bytes: a changed last letter would slip past a comparison of texts.
            if (((rest == 2 ? b << 4 : c << 6) & 0xFF) != 0)
            {
                return false;
            }

            decoded[at] = (byte)((a << 2) | (b >> 4));
            if (rest == 3)
            {
                decoded[at + 1] = (byte)((b << 4) | (c >> 2));
            }
        }

        // Values have six bits; only the mark of a foreign letter has more.
        if (all > 0x3F)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    /// <summary>Right letters and a possible length; bits may be left over in the last letter.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (Value(Values, letter) == None)
            {
                return false;
            }
        }

        return (text.Length & 3) != 1;
    }

    private static int Value(byte[] values, char letter) => letter < values.Length ? values[letter] : None;

    private static byte[] BuildValues()
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        byte[] values = new byte[128];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = None;
        }

        for (int i = 0; i < Letters.Length; i++)
        {
            values[Letters[i]] = (byte)i;
        }

        return values;
    }
}
