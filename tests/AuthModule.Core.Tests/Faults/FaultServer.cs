using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestKit.Certificates;

namespace AuthModule.Core.Tests.Faults;

/// <summary>
/// A server on loopback that answers as a healthy service until a fault is set, and then does what no HTTP server would. It is
/// made of a socket, and knows which connections its clients have left open.
/// </summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Task, byte> serving = new();
    private readonly ConcurrentQueue<FaultRequest> requests = new();
    private readonly bool usesTls;
    private readonly IPEndPoint place;
    private Socket listener;
    private Task accepting;
    private List<Socket> fillers = [];

    public FaultServer(bool usesTls)
    {
        this.usesTls = usesTls;
        listener = Bind(new IPEndPoint(IPAddress.Loopback, 0));
        place = (IPEndPoint)listener.LocalEndPoint!;
        listener.Listen(backlog: 1);
        accepting = AcceptAsync(listener);
    }

    /// <summary>Without a slash at the end.</summary>
    public string Origin => $"{(usesTls ? "https" : "http")}://127.0.0.1:{place.Port}";

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<FaultRequest> Requests => [.. requests];

    /// <summary>What happens to everything that comes now; null is health.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Released each time that nothing but the client's time-out can end what goes on.</summary>
    public SemaphoreSlim Stuck { get; } = new(0);

    public async Task BreakAsync(Fault fault)
    {
        Fault = fault;
        if (fault.Refuses)
        {
            await CloseListenerAsync();
            listener = Bind(place); // Bound, not listening: nobody else gets the port, and whoever calls is refused.
        }
        else if (fault.FillsBacklog)
        {
            await CloseListenerAsync();
            listener = Bind(place);
            listener.Listen(backlog: 1);
            await FillAsync();
        }
    }

    public void Mend()
    {
        bool isAway = Fault is { Refuses: true } or { FillsBacklog: true };
        Fault = null;
        if (!isAway)
        {
            return;
        }

        fillers.ForEach(static filler => filler.Dispose());
        fillers = [];
        listener.Listen(backlog: 8);
        accepting = AcceptAsync(listener);
    }

    /// <summary>Completes when every client has closed what it opened.</summary>
    public async Task WhenQuietAsync()
    {
        while (serving.Keys.FirstOrDefault() is { } task)
        {
            await task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        fillers.ForEach(static filler => filler.Dispose());
        await CloseListenerAsync();
        await WhenQuietAsync();
        stop.Dispose();
        Stuck.Dispose();
    }

    private static Socket Bind(IPEndPoint place)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(place);
        return socket;
    }

    private async Task CloseListenerAsync()
    {
        listener.Dispose();
        await accepting;
    }

    // On a full backlog the system drops what comes, and a connection hangs while it is made.
    private async Task FillAsync()
    {
        for (int i = 0; i < 8; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            fillers.Add(filler);
            Task connected = filler.ConnectAsync(place, stop.Token).AsTask();
            if (await Task.WhenAny(connected, Task.Delay(TimeSpan.FromMilliseconds(300), stop.Token)) != connected)
            {
                _ = connected.ContinueWith(static left => left.Exception, TaskScheduler.Default);
                return;
            }
        }
    }

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
            {
                Socket client = await from.AcceptAsync(stop.Token);
                Task task = ServeAsync(client);
                serving.TryAdd(task, 0);
                _ = task.ContinueWith(over => serving.TryRemove(over, out _), TaskScheduler.Default);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket connection = socket;
        Fault? fault = Fault;
        try
        {
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            var scene = new FaultScene(this, socket, plain, FaultRequest.None, stop.Token);
            if (fault?.Accepted is { } accepted)
            {
                await accepted(scene);
                return;
            }

            await using Stream stream = usesTls ? await SecureAsync(plain, fault) : plain;
            if (await FaultRequest.ReadAsync(stream, stop.Token) is not { } request)
            {
                return;
            }

            requests.Enqueue(request);
            scene = new FaultScene(this, socket, stream, request, stop.Token);
            await (fault?.Answer is { } answer ? answer(scene) : scene.ReplyAsync());
            await scene.WaitForCloseAsync();
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client has left, or was thrown out.
        }
    }

    private async Task<Stream> SecureAsync(Stream plain, Fault? fault)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = (fault?.Certificate ?? (static () => FaultyCertificates.Good))(),
                EnabledSslProtocols = fault?.Protocols ?? SslProtocols.None,
                ClientCertificateRequired = fault?.WantsClientCertificate ?? false,
                RemoteCertificateValidationCallback = (_, _, _, _) => fault?.WantsClientCertificate != true,
            },
            stop.Token);
        return secure;
    }
}
