using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using AuthModule.Errors;

namespace AuthModule.Rest;

/// <summary>A body as Invoke-RestMethod sends it. Made before the call, because objects of PowerShell belong to its thread.</summary>
/// <param name="Make">The content of one sending.</param>
/// <param name="IsRepeatable">False for a stream that can be read once.</param>
internal sealed record RestBody(Func<HttpContent> Make, bool IsRepeatable)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Null where there is nothing to send.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest: an object that has no form in a request.</exception>
    public static RestBody? Of(object? body, RestHeaders headers) => body switch
    {
        null => null,
        byte[] bytes => OfBytes(bytes, headers, Form),
        string text => OfText(text, headers, Form),
        XmlNode xml => OfText(xml.OuterXml, headers, "application/xml"),
        IDictionary fields => OfText(RestAddress.Encode(fields, WebUtility.UrlEncode), headers, Form),
        Stream stream => OfStream(stream, headers),
        IFormattable number => OfText(number.ToString(null, CultureInfo.InvariantCulture), headers, Form),
        _ => throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"-Body is a {body.GetType().Name}, which has no form in a request; nothing was sent.",
            "Convert it first: -Body ($object | ConvertTo-Json) -ContentType application/json."),
    };

    /// <summary>The content of a file, read again for each sending.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest: it cannot be read.</exception>
    public static RestBody OfFile(string path, RestHeaders headers)
    {
        Open(path).Dispose();
        return new RestBody(() => Describe(new StreamContent(Open(path)), headers, Form), true);
    }

    private static RestBody OfText(string text, RestHeaders headers, string otherwise) => OfBytes(EncodingOf(headers).GetBytes(text), headers, otherwise);

    private static RestBody OfBytes(byte[] bytes, RestHeaders headers, string otherwise) => new(() => Describe(new ByteArrayContent(bytes), headers, otherwise), true);

    private static RestBody OfStream(Stream stream, RestHeaders headers)
    {
        long start = stream.CanSeek ? stream.Position : 0;
        return new RestBody(
            () =>
            {
                if (stream.CanSeek)
                {
                    stream.Position = start;
                }

                return Describe(new StreamContent(new OpenStream(stream)), headers, Form);
            },
            stream.CanSeek);
    }

    private static HttpContent Describe(HttpContent content, RestHeaders headers, string otherwise)
    {
        content.Headers.ContentType = headers.ContentType ?? new MediaTypeHeaderValue(otherwise);
        foreach (KeyValuePair<string, string> header in headers.OfBody)
        {
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return content;
    }

    private static Encoding EncodingOf(RestHeaders headers) => ReplyText.EncodingOf(headers.ContentType?.CharSet) ?? new UTF8Encoding(false);

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw RestFile.Fail("-InFile", path, "read", cause);
        }
    }
}
