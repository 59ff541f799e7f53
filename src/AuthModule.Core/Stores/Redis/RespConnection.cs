using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Redis;

/// <summary>
/// One connection that many callers use at once: commands go out in turn without waiting for answers, answers come back in
/// the same order. The first thing that goes wrong ends it for all of them, as an answer could reach the wrong caller else.
/// </summary>
internal sealed class RespConnection : IDisposable
{
    // Callers who cancel leave their place behind until its answer comes.
    public const int MaxWaiting = 10_000;

    private readonly IDisposable socket;
    private readonly Stream stream;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Queue<TaskCompletionSource<RespValue>> waiting = new();
    private readonly CancellationTokenSource closing = new();
    private RespException? broken;
    private long usedAt;

    public RespConnection(IDisposable socket, Stream stream, TimeProvider clock)
    {
        this.socket = socket;
        this.stream = stream;
        this.clock = clock;
        usedAt = clock.GetTimestamp();
        _ = ReadAnswersAsync();
    }

    public bool IsBroken => Volatile.Read(ref broken) is not null;

    public TimeSpan IdleTime => clock.GetElapsedTime(Volatile.Read(ref usedAt));

    /// <summary>A caller who cancels stops waiting; the command may have been done nevertheless.</summary>
    /// <exception cref="RespException">The connection broke; whether the command was done is not known.</exception>
    public async Task<RespValue> SendAsync(RespCommand command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<RespValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] bytes = command.ToBytes();
        using CancellationTokenSource deadline = AuthModule.Http.Deadline.After(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);

        // From here on: a server that takes nothing in holds up the sending already.
        using CancellationTokenRegistration late = deadline.Token.Register(() => Break(TooLate(timeout)));
        try
        {
            await writing.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Array.Clear(bytes, 0, bytes.Length);
            throw TooLate(timeout);
        }

        try
        {
            lock (waiting)
            {
                if (broken is not null)
                {
                    throw new RespException(broken.Message, broken);
                }

                if (waiting.Count >= MaxWaiting)
                {
                    throw new RespException("too many commands wait for its answers");
                }

                waiting.Enqueue(answer);
            }

            // Whole or not at all: half a command would garble those of the others.
            await stream.WriteAsync(bytes, 0, bytes.Length, closing.Token).ConfigureAwait(false);
            await stream.FlushAsync(closing.Token).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is IOException or ObjectDisposedException or SocketException or OperationCanceledException)
        {
            Break(new RespException("the connection broke", cause));
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
            writing.Release();
        }

        try
        {
            RespValue value = await answer.Task.WaitAsync(either.Token).ConfigureAwait(false);
            Volatile.Write(ref usedAt, clock.GetTimestamp());
            return value;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooLate(timeout);
        }
    }

    public void Dispose() => Break(new RespException("the connection was closed"));

    private static RespException TooLate(TimeSpan timeout) =>
        new(FormattableString.Invariant($"it did not answer within {timeout.TotalSeconds:0.#} seconds"));

    private async Task ReadAnswersAsync()
    {
        var reader = new RespReader(stream);
        try
        {
            while (true)
            {
                RespValue value = await reader.ReadAsync(closing.Token).ConfigureAwait(false);
                if (value.Kind == RespKind.Push)
                {
                    continue;
                }

                TaskCompletionSource<RespValue> answer;
                lock (waiting)
                {
                    answer = waiting.Count > 0 ? waiting.Dequeue() : throw new RespException("it answered without having been asked");
                }

                answer.TrySetResult(value);
            }
        }
        catch (RespException cause)
        {
            Break(cause);
        }
        catch (Exception cause) when (cause is IOException or ObjectDisposedException or SocketException or OperationCanceledException)
        {
            Break(new RespException("the connection broke", cause));
        }
    }

    private void Break(RespException cause)
    {
        TaskCompletionSource<RespValue>[] left;
        lock (waiting)
        {
            if (broken is not null)
            {
                return;
            }

            Volatile.Write(ref broken, cause);
            left = [.. waiting];
            waiting.Clear();
        }

        closing.Cancel();
        stream.Dispose();
        socket.Dispose();
        foreach (TaskCompletionSource<RespValue> answer in left)
        {
            answer.TrySetException(new RespException(cause.Message, cause));
            _ = answer.Task.Exception; // Seen, also where its caller has left.
        }
    }
}
