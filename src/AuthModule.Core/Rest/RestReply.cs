using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Rest;

/// <summary>A success, whose body is read as it comes. Dispose of it.</summary>
internal sealed class RestReply(HttpResponseMessage response, string requestId) : IDisposable
{
    public int Status => (int)response.StatusCode;

    /// <summary>With all headers.</summary>
    public HttpResponseMessage Response => response;

    public string RequestId => requestId;

    /// <summary>Without parameters, lower case; null when the server named none.</summary>
    public string? MediaType => response.Content?.Headers.ContentType?.MediaType?.ToLowerInvariant();

    public Task<Stream> OpenBodyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#if NETSTANDARD2_0
        return response.Content is { } content ? content.ReadAsStreamAsync() : Task.FromResult(Stream.Null);
#else
        return response.Content.ReadAsStreamAsync(cancellationToken);
#endif
    }

    public void Dispose() => response.Dispose();
}
