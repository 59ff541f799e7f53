using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Http;

/// <summary>Reads a body up to a limit, whatever length the server announces.</summary>
internal static class BoundedBody
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Null when there is more than <paramref name="limit"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent? content, int limit, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return [];
        }

        if (content.Headers.ContentLength > limit)
        {
            return null;
        }

#if NETSTANDARD2_0
        using Stream stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#else
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#endif
        if (content.Headers.ContentLength is { } announced)
        {
            return await ReadExactlyAsync(stream, new byte[announced], cancellationToken).ConfigureAwait(false);
        }

        return await ReadToEndAsync(stream, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same of a body as it comes. Grows with it: what a server announces is not yet there.</summary>
    public static async Task<byte[]?> ReadToEndAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var body = new MemoryStream();
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > limit)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
        finally
        {
            // A reply may be a token: the next renter must not find it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    // The platform ends the stream after the announced length, and fails where it is cut short.
    private static async Task<byte[]> ReadExactlyAsync(Stream stream, byte[] body, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < body.Length && await stream.ReadAsync(body.AsMemory(filled), cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            filled += read;
        }

        return filled == body.Length ? body : body.AsSpan(0, filled).ToArray();
    }
}
