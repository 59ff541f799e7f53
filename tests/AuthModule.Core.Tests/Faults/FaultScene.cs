using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Faults;

/// <summary>One connection of a <see cref="FaultServer"/>, and what can be done to its client.</summary>
internal sealed class FaultScene(FaultServer server, Socket socket, Stream stream, FaultRequest request, CancellationToken stop)
{
    public FaultServer Server => server;

    public Stream Stream => stream;

    public CancellationToken Stop => stop;

    /// <summary>What the healthy service answers to this request.</summary>
    public string Json => HealthyService.Answer(request, server.Origin);

    /// <summary>A reply that is HTTP, with the healthy body where no other is given.</summary>
    public Task ReplyAsync(int status = 200, string? body = null, string[]? headers = null) =>
        ReplyAsync(status, Encoding.UTF8.GetBytes(body ?? (HealthyService.Knows(request.Path) ? Json : "{}")), headers);

    public async Task ReplyAsync(int status, byte[] body, string[]? headers = null)
    {
        string[] all = [.. headers ?? ["Content-Type: application/json"], $"Content-Length: {body.Length}"];
        await WriteAsync(Head(status, all));
        await WriteAsync(body);
    }

    public static string Head(int status, params string[] headers) =>
        $"HTTP/1.1 {status} Scripted\r\n{string.Join("\r\n", headers)}\r\nConnection: close\r\n\r\n";

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>Says no more and waits for the client to give up.</summary>
    public async Task HangAsync()
    {
        server.Stuck.Release();
        await ReadToEndAsync();
    }

    /// <summary>One byte after another, each a second after the last.</summary>
    public async Task DripAsync(byte[] bytes)
    {
        Task left = ReadToEndAsync();
        foreach (byte one in bytes)
        {
            await WriteAsync([one]);
            server.Stuck.Release();
            if (await Task.WhenAny(left, Task.Delay(TimeSpan.FromSeconds(1), stop)) == left)
            {
                return;
            }
        }
    }

    /// <summary>The head at once, then a body byte by byte. What lies between two of them is the test's clock.</summary>
    public async Task DripAsync(string head, int length)
    {
        await WriteAsync(head);
        Task left = ReadToEndAsync();
        for (int i = 0; i < length; i++)
        {
            await WriteAsync(" ");
            server.Stuck.Release();
            if (await Task.WhenAny(left, Task.Delay(TimeSpan.FromMilliseconds(50), stop)) == left)
            {
                return;
            }
        }
    }

    /// <summary>Ends the connection with a reset, which takes back what is not yet delivered.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Ends the connection in good order.</summary>
    public void Close() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>All is said: the client is to close too.</summary>
    public async Task WaitForCloseAsync()
    {
        if (stream is SslStream secure)
        {
            await secure.ShutdownAsync();
        }

        socket.Shutdown(SocketShutdown.Send);
        await ReadToEndAsync();
    }

    private async Task ReadToEndAsync()
    {
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }
}
