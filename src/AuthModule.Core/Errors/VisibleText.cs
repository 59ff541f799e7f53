using System;
using System.Globalization;
using System.Text;

namespace AuthModule.Errors;

/// <summary>
/// The one place that makes texts from outside fit to be seen: what a terminal obeys, what turns the order of letters round and
/// what nobody sees is written as JSON writes it, <c>\u001b</c>. Line breaks too: a server must not write lines of its own.
/// </summary>
internal static class VisibleText
{
    /// <summary>For sentences. A text that is visible already stays as it is, so that it does not matter how often this is done.</summary>
    public static string Of(string text) => FirstHidden(text) < 0 ? text : Escape(text, keepsLineBreaks: false, isValue: false);

    /// <summary>An address, with what it escapes still escaped; <see cref="Uri.ToString"/> would undo that.</summary>
    public static string Of(Uri address) => Of(address.AbsoluteUri);

    /// <summary>The same for a text that may be none.</summary>
    public static string? OfOptional(string? text) => text is null ? null : Of(text);

    /// <summary>
    /// For what scripts compare: two different texts stay different, as a backslash that looks like one of these escapes is
    /// escaped itself.
    /// </summary>
    public static string OfValue(string text) =>
        FirstHidden(text) < 0 && !text.Contains("\\u", StringComparison.Ordinal) ? text : Escape(text, keepsLineBreaks: false, isValue: true);

    /// <summary>The same for several.</summary>
    public static string[] OfValues(System.Collections.Generic.IReadOnlyList<string> texts)
    {
        string[] visible = new string[texts.Count];
        for (int i = 0; i < visible.Length; i++)
        {
            visible[i] = OfValue(texts[i]);
        }

        return visible;
    }

    /// <summary>JSON with the same meaning. The line breaks of its indentation stay; inside texts JSON has none.</summary>
    public static string OfJson(string json) => FirstHidden(json) < 0 ? json : Escape(json, keepsLineBreaks: true, isValue: false);

    /// <summary>Nothing in it would be escaped.</summary>
    public static bool IsVisible(string text) => FirstHidden(text) < 0;

    /// <summary>At most so many characters of it, with dots where there are more.</summary>
    public static string Shortened(string text, int most)
    {
        if (text.Length <= most)
        {
            return Of(text);
        }

        int end = most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return Of(text.Substring(0, end)) + "...";
    }

    private static int FirstHidden(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is (< ' ' or > '~') && IsHidden(text, i, out _))
            {
                return i;
            }
            else if (char.IsHighSurrogate(text[i]))
            {
                i++;
            }
        }

        return -1;
    }

    private static string Escape(string text, bool keepsLineBreaks, bool isValue)
    {
        var visible = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is >= ' ' and <= '~')
            {
                _ = isValue && LooksEscaped(text, i) ? visible.Append("\\u005c") : visible.Append(c);
                continue;
            }

            bool isHidden = IsHidden(text, i, out int length) && !(keepsLineBreaks && c is '\r' or '\n');
            for (int end = i + length; i < end; i++)
            {
                _ = isHidden ? visible.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture)) : visible.Append(text[i]);
            }

            i--;
        }

        return visible.ToString();
    }

    private static bool LooksEscaped(string text, int at)
    {
        if (text[at] != '\\' || at + 5 >= text.Length || text[at + 1] != 'u')
        {
            return false;
        }

        for (int i = at + 2; i < at + 6; i++)
        {
            if (text[i] is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHidden(string text, int at, out int length)
    {
        char c = text[at];
        length = 1;
        if (!char.IsSurrogate(c))
        {
            return IsHidden(c, CharUnicodeInfo.GetUnicodeCategory(c));
        }

        if (!char.IsHighSurrogate(c) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
        {
            return true; // Half a character.
        }

        length = 2;
        return IsHidden(char.ConvertToUtf32(c, text[at + 1]), CharUnicodeInfo.GetUnicodeCategory(text, at));
    }

    // The ranges are those that older frameworks do not know yet, and the plane of tags and selectors, of which nothing is seen.
    private static bool IsHidden(int code, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        || code is 0x061C or 0x180E or (>= 0x2060 and <= 0x206F) or (>= 0xFFF0 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE0FFF);
}
