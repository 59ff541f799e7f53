using System;
using System.Collections.Generic;
using System.Text;

namespace AuthModule.Text;

/// <summary><c>application/x-www-form-urlencoded</c>: UTF-8, percent-encoded, a space as <c>+</c> (RFC 6749, appendix B).</summary>
internal static class FormText
{
    public const string ContentType = "application/x-www-form-urlencoded";

    private const int UsualLength = 256;

    public static bool IsForm(string? mediaType) => mediaType == ContentType;

    public static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+");

    /// <summary>Fields in their order.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var text = new StringBuilder(UsualLength);
        foreach (KeyValuePair<string, string> field in fields)
        {
            if (text.Length > 0)
            {
                text.Append('&');
            }

            text.Append(Encode(field.Key)).Append('=').Append(Encode(field.Value));
        }

        return text.ToString();
    }

    /// <summary>Fields of a query or a form, in their order; a field that is there twice comes twice.</summary>
    public static List<KeyValuePair<string, string>> Read(string text)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (string part in text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=');
            string name = equals < 0 ? part : part.Substring(0, equals);
            string value = equals < 0 ? string.Empty : part.Substring(equals + 1);
            fields.Add(new KeyValuePair<string, string>(Decode(name), Decode(value)));
        }

        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
