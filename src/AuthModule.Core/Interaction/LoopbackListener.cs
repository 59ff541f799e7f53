using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Secrets;

namespace AuthModule.Interaction;

/// <summary>
/// Waits on this machine's loopback for the one request that ends a sign-in (RFC 8252, section 7.3). Plain sockets, because
/// Windows lets only administrators listen by its own HTTP server. Small on purpose: GET, one path, short requests.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int LongestRequest = 32 * 1024;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly TcpListener listener;
    private readonly Uri address;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<LoopbackCall> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>The browser that came to the redirect URI; the caller answers it.</summary>
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
                _ = ServeAsync(client);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        bool isKept = false;
        try
        {
            using CancellationTokenSource silence = Deadline.After(LongestSilence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stop.Token);
            using CancellationTokenRegistration hangUp = either.Token.Register(client.Dispose);
            string? head = await ReadHeadAsync(client.GetStream(), either.Token).ConfigureAwait(false);
            (int status, Secret? target) = Read(head);
            if (target is not null)
            {
                var call = new LoopbackCall(client, target);
                isKept = answer.TrySetResult(call);
            }

            if (!isKept)
            {
                await LoopbackCall.RespondAsync(client, target is null ? status : 404, LandingPage.NotHere(), either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Whoever it was did not finish a request; the sign-in goes on waiting.
        }
        finally
        {
            if (!isKept)
            {
                client.Dispose();
            }
        }
    }

    private static async Task<string?> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LongestRequest];
        int length = 0;
        while (length < buffer.Length)
        {
            int read = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
            string text = Encoding.ASCII.GetString(buffer, 0, length);
            if (text.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                return text;
            }
        }

        return null;
    }

    private (int Status, Secret? Target) Read(string? head)
    {
        string[] lines = head?.Split(["\r\n"], StringSplitOptions.None) ?? [];
        string[] words = lines.Length == 0 ? [] : lines[0].Split(' ');
        if (words.Length != 3 || !words[1].StartsWith('/') || !IsOurs(lines))
        {
            return (400, null);
        }

        if (words[0] != "GET")
        {
            return (405, null);
        }

        int query = words[1].IndexOf('?');
        string path = query < 0 ? words[1] : words[1].Substring(0, query);
        return path == address.AbsolutePath && query >= 0 ? (200, Secret.From(words[1])) : (404, null);
    }

    // A page from elsewhere whose name was made to lead here names itself in Host.
    private bool IsOurs(string[] lines)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))
            {
                return Uri.TryCreate("http://" + line.Substring(5).Trim(), UriKind.Absolute, out Uri? host) && host.IsLoopback && host.Port == Port;
            }
        }

        return false;
    }
}
