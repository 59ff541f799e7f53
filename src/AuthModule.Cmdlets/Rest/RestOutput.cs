using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Rest;

/// <summary>Gives a reply as Invoke-RestMethod does: JSON as objects, XML as a document, a feed as its entries, else text.</summary>
internal static class RestOutput
{
    private const int BufferSize = 81920;

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
                throw AuthError.Create(AuthErrorId.NetworkFailure, $"{service} broke off its reply.", new AuthModule.Errors.ErrorDetails { Service = service, CorrelationId = reply.RequestId, Cause = cause });
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
        string text = ReplyText.Decode(bytes, content?.Headers.ContentType?.CharSet);
        bool isJson = ReplyText.IsJson(content?.Headers.ContentType?.MediaType);
        if (isJson && RestJson.TryRead(cmdlet, text, isDeclared: true, out object? declared))
        {
            return [declared];
        }

        if (ReplyText.TryReadXml(text) is { } xml)
        {
            return xml;
        }

        return !isJson && RestJson.TryRead(cmdlet, text, isDeclared: false, out object? found) ? [found] : [text];
    }
}
