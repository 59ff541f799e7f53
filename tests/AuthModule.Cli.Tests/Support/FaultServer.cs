using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Cli.Tests.Support;

/// <summary>
/// A server on loopback that answers each path with scripted bytes, well-formed or not, and keeps what it was sent. It is
/// made of a socket, so that it can do what no HTTP server would.
/// </summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private static readonly Socket Taken = Take();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Script> scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FaultRequest> requests = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly Task accepting;

    private FaultServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address => AddressOf(listener.LocalEndpoint);

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<FaultRequest> Requests => [.. requests];

    /// <summary>An address where nobody listens, nor ever will: its port is taken and refuses connections.</summary>
    public static Uri Down { get; } = AddressOf(Taken.LocalEndPoint!);

    public static FaultServer Start() => new();

    /// <summary>The replies of a path, in turn; the last one again and again. A path without any is 404.</summary>
    public FaultServer On(string path, params FaultReply[] replies)
    {
        scripts[path] = new Script(replies);
        return this;
    }

    public int CountOf(string path) => requests.Count(request => request.Path == path);

    /// <summary>Completes when a path has had its first request.</summary>
    public Task ReceivedAsync(string path, CancellationToken cancellationToken) => scripts[path].Received.Task.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Stop();
        await Task.WhenAll(connections);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed of.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            await using NetworkStream stream = client.GetStream();
            if (await ReadAsync(stream) is not { } request)
            {
                return;
            }

            // First kept, then answered: whoever has the answer finds the request.
            requests.Enqueue(request);
            Script? script = scripts.GetValueOrDefault(request.Path);
            FaultReply reply = script?.Next() ?? FaultReply.Json(404, "{}");
            script?.Received.TrySetResult();
            await stream.WriteAsync(reply.Bytes, stop.Token);
            await stream.FlushAsync(stop.Token);
            if (reply.Hangs)
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
            // The client has left.
        }
    }

    private async Task<FaultRequest?> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        int headEnd;
        while ((headEnd = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0 || text.Length < headEnd + 4 + BodyLength(text.ToString(0, headEnd)))
        {
            int count = await stream.ReadAsync(buffer, stop.Token);
            if (count == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        string head = text.ToString(0, headEnd);
        string[] line = head.Split("\r\n")[0].Split(' ');
        return new FaultRequest(line[0], line[1].Split('?')[0], head, text.ToString(headEnd + 4, text.Length - headEnd - 4));
    }

    private static Socket Take()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Uri AddressOf(EndPoint endPoint) => new($"http://127.0.0.1:{((IPEndPoint)endPoint).Port}/");

    private static int BodyLength(string head) => head
        .Split("\r\n")
        .Where(static header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(static header => int.Parse(header.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private sealed class Script(FaultReply[] replies)
    {
        private int next = -1;

        public TaskCompletionSource Received { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FaultReply Next() => replies[Math.Min(Interlocked.Increment(ref next), replies.Length - 1)];
    }
}
