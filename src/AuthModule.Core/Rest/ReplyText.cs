using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace AuthModule.Rest;

/// <summary>What an API's reply is besides JSON: a text in its charset, and XML or a feed where the text is one.</summary>
internal static class ReplyText
{
    private static readonly string[] JsonTypes = ["application/json", "text/json", "application/javascript", "application/x-javascript", "text/javascript", "text/x-javascript"];

    public static string Decode(byte[] bytes, string? charset)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), EncodingOf(charset) ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Null for a name that this machine does not know, or no longer reads.</summary>
    public static Encoding? EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? null : Encoding.GetEncoding(charset.Trim('"', '\'', ' '));
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public static bool IsJson(string? mediaType) =>
        mediaType is not null && (JsonTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>A document, or each entry of a feed; null where it is no XML.</summary>
    public static IReadOnlyList<XmlNode>? TryReadXml(string text)
    {
        // Most texts are not XML; saying so by an exception each time is slow.
        if (!text.TrimStart().StartsWith("<", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document.Load(reader);
            return document.DocumentElement?.Name is "rss" or "feed"
                ? [.. document.DocumentElement.SelectNodes("//*[local-name()='item' or local-name()='entry']")!.Cast<XmlNode>()]
                : [document];
        }
        catch (Exception unread) when (unread is XmlException or ArgumentException)
        {
            // ArgumentException: a declaration that the reader lets pass and the document does not take.
            return null;
        }
    }
}
