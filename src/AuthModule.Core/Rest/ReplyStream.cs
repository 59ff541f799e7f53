using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;

namespace AuthModule.Rest;

/// <summary>
/// The body of a reply as it comes. It may take as long as it likes, but each read brings something within the time-out: a
/// server that stops in the middle does not hold its caller for ever.
/// </summary>
internal sealed class ReplyStream(Stream inner, WireRequest request, TimeSpan patience, TimeProvider clock) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="AuthServiceException">Timeout; MalformedResponse; NetworkFailure: the reply broke off.</exception>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        GuardAsync(token => new ValueTask<int>(inner.ReadAsync(buffer, offset, count, token)), cancellationToken);

#if !NETSTANDARD2_0
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(GuardAsync(token => inner.ReadAsync(buffer, token), cancellationToken));
#endif

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> GuardAsync(Func<CancellationToken, ValueTask<int>> read, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = Deadline.After(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await read(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail(AuthErrorId.Timeout, FormattableString.Invariant($"{request.Service} stopped in the middle of its reply and sent nothing for {patience.TotalSeconds:0.###} seconds."), cause);
        }
        catch (Exception cause) when (NetworkFailureKind.IsOne(cause))
        {
            throw NetworkFailureKind.IsMalformed(cause)
                ? Fail(AuthErrorId.MalformedResponse, $"{request.Service} answered with something that is not HTTP.", cause)
                : Fail(AuthErrorId.NetworkFailure, $"{request.Service} broke off its reply.", cause);
        }
    }

    private AuthException Fail(string id, string message, Exception cause) =>
        AuthError.Create(id, message, new ErrorDetails { Service = request.Service, CorrelationId = request.RequestId, Cause = cause });
}
