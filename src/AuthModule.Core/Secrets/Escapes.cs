using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text;

namespace AuthModule.Secrets;

/// <summary>The ways in which servers write what they were sent.</summary>
internal static class Escapes
{
    private const int LongestEntity = 32;

    // HTML 5 has names for all of ASCII that is no letter and no digit; the platform knows those of HTML 4.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Tab"] = "\t", ["NewLine"] = "\n", ["excl"] = "!", ["QUOT"] = "\"", ["num"] = "#", ["dollar"] = "$", ["percnt"] = "%", ["AMP"] = "&", ["lpar"] = "(", ["rpar"] = ")",
        ["ast"] = "*", ["midast"] = "*", ["plus"] = "+", ["comma"] = ",", ["period"] = ".", ["sol"] = "/", ["colon"] = ":", ["semi"] = ";", ["LT"] = "<", ["equals"] = "=",
        ["GT"] = ">", ["quest"] = "?", ["commat"] = "@", ["lsqb"] = "[", ["lbrack"] = "[", ["bsol"] = "\\", ["rsqb"] = "]", ["rbrack"] = "]", ["Hat"] = "^", ["lowbar"] = "_",
        ["grave"] = "`", ["lcub"] = "{", ["lbrace"] = "{", ["verbar"] = "|", ["vert"] = "|", ["rcub"] = "}", ["rbrace"] = "}",
    };

    public static IReadOnlyList<EscapeReader> All { get; } = [new('%', Percent), new('&', Entity), new('\\', Backslash)];

    // RFC 3986, section 2.1, in UTF-8, else byte by byte; and %uXXXX of old scripts.
    private static (string? Letters, int Length) Percent(string text, int at)
    {
        if (at + 1 < text.Length && text[at + 1] is 'u' or 'U')
        {
            return Hex(text, at + 2, 4) is { } unit ? (((char)unit).ToString(), 6) : default;
        }

        if (Hex(text, at + 1, 2) is not { } first)
        {
            return default;
        }

        int count = first switch { >= 0xF0 and < 0xF8 => 4, >= 0xE0 and < 0xF0 => 3, >= 0xC0 and < 0xE0 => 2, _ => 1 };
        byte[] bytes = new byte[count];
        bytes[0] = (byte)first;
        for (int i = 1; i < count; i++)
        {
            int next = at + (3 * i);
            if (next >= text.Length || text[next] != '%' || Hex(text, next + 1, 2) is not ({ } following and >= 0x80 and < 0xC0))
            {
                return (((char)first).ToString(), 3);
            }

            bytes[i] = (byte)following;
        }

        return count == 1 ? (((char)first).ToString(), 3) : (Encoding.UTF8.GetString(bytes), 3 * count);
    }

    private static (string? Letters, int Length) Entity(string text, int at)
    {
        int end = at + 1;
        while (end < text.Length && end - at < LongestEntity && text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '#')
        {
            end++;
        }

        if (end == text.Length || text[end] != ';')
        {
            return default;
        }

        string whole = text.Substring(at, end + 1 - at);
        string letters = Names.TryGetValue(whole.Substring(1, whole.Length - 2), out string? known) ? known : WebUtility.HtmlDecode(whole);
        return letters.Length > 0 && letters != whole ? (letters, whole.Length) : default;
    }

    // RFC 8259, section 7, and what other languages have beside it: a backslash before anything that is no letter and no digit.
    private static (string? Letters, int Length) Backslash(string text, int at)
    {
        if (at + 1 >= text.Length)
        {
            return default;
        }

        char kind = text[at + 1];
        int digits = kind switch { 'u' or 'U' => 4, 'x' => 2, _ => 0 };
        if (digits > 0)
        {
            return Hex(text, at + 2, digits) is { } unit ? (((char)unit).ToString(), 2 + digits) : default;
        }

        char? letter = kind switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => char.IsLetterOrDigit(kind) ? null : kind,
        };
        return letter is { } one ? (one.ToString(), 2) : default;
    }

    private static int? Hex(string text, int at, int digits) =>
        at + digits <= text.Length && int.TryParse(text.Substring(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value : null;
}
