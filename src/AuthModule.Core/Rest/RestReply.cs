using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.Rest;

/// <summary>A success, whose body is read as it comes. Dispose of it.</summary>
internal sealed class RestReply(HttpResponseMessage response, WireRequest request, TimeSpan patience, TimeProvider clock) : IDisposable
{
    public int Status => (int)response.StatusCode;

    /// <summary>With all headers.</summary>
    public HttpResponseMessage Response => response;

    public string RequestId => request.RequestId;

    /// <summary>Without parameters, lower case; null when the server named none.</summary>
    public string? MediaType => response.Content?.Headers.ContentType?.MediaType?.ToLowerInvariant();

    /// <summary>Each read of it is held to the time-out.</summary>
    public async Task<Stream> OpenBodyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (response.Content is not { } content)
        {
            return Stream.Null;
        }

#if NETSTANDARD2_0
        Stream body = await content.ReadAsStreamAsync().ConfigureAwait(false);
#else
        Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#endif
        return new ReplyStream(body, request, patience, clock);
    }

    public void Dispose() => response.Dispose();
}
