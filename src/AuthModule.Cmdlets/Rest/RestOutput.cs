using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using AuthModule.Errors;

namespace AuthModule.Rest;

/// <summary>Gives a reply as Invoke-RestMethod does: JSON as objects, XML as a document, a feed as its entries, else text.</summary>
internal static class RestOutput
{
    private const int BufferSize = 81920;

    private static readonly string[] JsonTypes = ["application/json", "text/json", "application/javascript", "application/x-javascript", "text/javascript", "text/x-javascript"];

    /// <summary>Copies a reply; what the network does to it is an error of the service, what the target does to it is not.</summary>
    public static async Task CopyAsync(Stream body, Stream target, RestReply reply, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferSize];
        while (true)
        {
            int length;
            try
            {
                length = await body.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception cause) when (cause is IOException or HttpRequestException)
            {
                string? service = reply.Response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority);
                throw AuthError.Create(AuthErrorId.NetworkFailure, $"{service} broke off its reply.", new Errors.ErrorDetails { Service = service, CorrelationId = reply.RequestId, Cause = cause });
            }

            if (length == 0)
            {
                return;
            }

            await target.WriteAsync(buffer, 0, length, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A list is one object, as Invoke-RestMethod gives it. On the pipeline thread only.</summary>
    public static IEnumerable<object?> Parse(PSCmdlet cmdlet, byte[] bytes, HttpContent? content)
    {
        string text = Decode(bytes, content?.Headers.ContentType?.CharSet);
        bool isJson = IsJson(content?.Headers.ContentType?.MediaType);
        if (isJson && RestJson.TryRead(cmdlet, text, isDeclared: true, out object? declared))
        {
            return [declared];
        }

        if (TryReadXml(text) is { } xml)
        {
            return FeedEntries(xml) ?? [xml];
        }

        return !isJson && RestJson.TryRead(cmdlet, text, isDeclared: false, out object? found) ? [found] : [text];
    }

    /// <summary>Null for a name that this machine does not know.</summary>
    public static Encoding? EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? null : Encoding.GetEncoding(charset.Trim('"', '\'', ' '));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Decode(byte[] bytes, string? charset)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), EncodingOf(charset) ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static bool IsJson(string? mediaType) =>
        mediaType is not null && (JsonTypes.Contains(mediaType, StringComparer.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static XmlDocument? TryReadXml(string text)
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
            return document;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static object[]? FeedEntries(XmlDocument document) => document.DocumentElement?.Name is "rss" or "feed"
        ? [.. document.DocumentElement.SelectNodes("//*[local-name()='item' or local-name()='entry']")!.Cast<XmlNode>()]
        : null;
}
