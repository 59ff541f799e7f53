using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;

namespace AuthModule.Rest;

/// <summary>A reply whose head is there. Dispose of it.</summary>
internal sealed class RestReply(HttpResponseMessage response, WireRequest request, TimeBudget budget, TimeProvider clock) : IDisposable
{
    public int Status => (int)response.StatusCode;

    /// <summary>With all headers.</summary>
    public HttpResponseMessage Response => response;

    public string RequestId => request.RequestId;

    /// <summary>Without parameters, lower case; null when the server named none.</summary>
    public string? MediaType => response.Content?.Headers.ContentType?.MediaType?.ToLowerInvariant();

    /// <summary>The body as it comes, of any length. It may take as long as it likes; each read of it is held to the time-out.</summary>
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
        return new ReplyStream(body, request, budget.Whole, clock);
    }

    /// <summary>The whole body, within the time of the call and the size that the request allows.</summary>
    /// <exception cref="AuthServiceException">Timeout; MalformedResponse: it is too long; NetworkFailure.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        if (response.Content?.Headers.ContentLength > request.ReplyLimit)
        {
            throw TooLong();
        }

        using CancellationTokenSource deadline = Deadline.After(budget.Left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using Stream body = await OpenBodyAsync(either.Token).ConfigureAwait(false);
            return await BoundedBody.ReadToEndAsync(body, request.ReplyLimit, either.Token).ConfigureAwait(false) ?? throw TooLong();
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw AuthError.Create(
                AuthErrorId.Timeout,
                FormattableString.Invariant($"{request.Service} did not send the whole of its reply within {budget.Whole.TotalSeconds:0.###} seconds."),
                new ErrorDetails { Service = request.Service, CorrelationId = request.RequestId, Cause = cause });
        }
    }

    public void Dispose() => response.Dispose();

    private AuthException TooLong() => AuthError.Create(
        AuthErrorId.MalformedResponse,
        FormattableString.Invariant($"{request.Service} answered with more than {request.ReplyLimit / 1024d / 1024d:0.###} MiB, which is more than is kept in memory; the rest was not read."),
        new ErrorDetails { Service = request.Service, StatusCode = Status, CorrelationId = request.RequestId, Action = "Ask the API for less at a time, or write the reply to a file with -OutFile, which takes any length." });
}
