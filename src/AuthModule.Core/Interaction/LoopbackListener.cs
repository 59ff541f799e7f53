using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Secrets;

namespace AuthModule.Interaction;

/// <summary>
/// Waits on this machine's loopback for the one request that ends a sign-in (RFC 8252, section 7.3). Plain sockets, because
/// Windows lets only administrators listen by its own HTTP server. Small on purpose: GET, one path, short requests. What does
/// not hold the proof is turned away and counted, and the wait goes on.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    /// <summary>Connections at once; who has been silent the longest goes first.</summary>
    public const int MaxConnections = 64;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly TcpListener listener;
    private readonly Uri address;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private readonly LinkedList<TcpClient> open = new();
    private readonly TaskCompletionSource<LoopbackCall> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile AnswerProof? proof;
    private volatile string? formOrigin;
    private int rejected;

    private LoopbackListener(TcpListener listener, Uri address, string redirectUri, TimeProvider clock)
    {
        this.listener = listener;
        this.address = address;
        this.clock = clock;
        RedirectUri = redirectUri;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>With the port that is listened on.</summary>
    public string RedirectUri { get; }

    public int Port { get; }

    /// <summary>Requests that were turned away because they were not the answer: another state or none, or a page of another origin.</summary>
    public int Rejected => Volatile.Read(ref rejected);

    /// <exception cref="ConfigurationException">InvalidUrl: not an address of this machine, or its port is taken.</exception>
    public static LoopbackListener Start(string redirectUri, TimeProvider clock)
    {
        int port = LoopbackAddress.PortOf(redirectUri, out Uri address);
        var listener = new TcpListener(LoopbackAddress.ListensOn(address), port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
        }
        catch (SocketException cause)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidUrl,
                $"The port of -RedirectUri '{redirectUri}' cannot be listened on: {(cause.SocketErrorCode == SocketError.AddressAlreadyInUse ? "another program uses it" : cause.SocketErrorCode.ToString())}.",
                new ErrorDetails { Action = "Leave the port out to take a free one, or end the other program.", Cause = cause });
        }

        int chosen = ((IPEndPoint)listener.LocalEndpoint).Port;
        var started = new LoopbackListener(listener, address, LoopbackAddress.WithPort(redirectUri, address, chosen), clock);
        _ = started.AcceptAsync();
        return started;
    }

    /// <summary>From now on a request with the proof is the answer. Before, and without it, none is.</summary>
    /// <param name="expected">What it has to hold.</param>
    /// <param name="formFrom">The service whose page posts the answer as a form; null takes none.</param>
    public void Expect(AnswerProof expected, Uri? formFrom = null)
    {
        formOrigin = formFrom?.GetLeftPart(UriPartial.Authority);
        proof = expected;
    }

    /// <summary>The browser that came with the answer; the caller answers it.</summary>
    public Task<LoopbackCall> WaitAsync(CancellationToken cancellationToken) => answer.Task.WaitAsync(cancellationToken);

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                // Browsers open connections ahead of need: a silent one must not keep the others waiting.
                TcpClient client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
                _ = ServeAsync(client, Enter(client));
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, LinkedListNode<TcpClient> place)
    {
        bool isKept = false;
        try
        {
            using CancellationTokenSource silence = Deadline.After(LongestSilence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stop.Token);
            using CancellationTokenRegistration hangUp = either.Token.Register(client.Dispose);
            LoopbackRequest? request = await LoopbackRequest.ReadAsync(client.GetStream(), either.Token).ConfigureAwait(false);
            int status = request?.StatusFor(address.AbsolutePath, Port, formOrigin) ?? 400;
            if (status == 200)
            {
                status = proof?.IsIn(request!.Target) != true ? 400 : 404;
                isKept = status == 404 && answer.TrySetResult(new LoopbackCall(client, Secret.From(request!.Target)));
            }

            if (!isKept)
            {
                bool isWrongAnswer = status == 400 && request is not null;
                if (isWrongAnswer)
                {
                    Interlocked.Increment(ref rejected);
                }

                byte[] page = isWrongAnswer ? LandingPage.NotTheAnswer() : LandingPage.NotHere();
                await LoopbackCall.RespondAsync(client, status, page, either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Whoever it was did not finish a request; the sign-in goes on waiting.
        }
        finally
        {
            Leave(place);
            if (!isKept)
            {
                client.Dispose();
            }
        }
    }

    // The browser that matters asks as soon as it is connected: it is never the one that has been silent the longest.
    private LinkedListNode<TcpClient> Enter(TcpClient client)
    {
        lock (open)
        {
            if (open.Count >= MaxConnections && open.First is { } oldest)
            {
                open.Remove(oldest);
                oldest.Value.Dispose();
            }

            return open.AddLast(client);
        }
    }

    private void Leave(LinkedListNode<TcpClient> place)
    {
        lock (open)
        {
            if (place.List is not null)
            {
                open.Remove(place);
            }
        }
    }
}
