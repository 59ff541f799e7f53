using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Interaction;
using AuthModule.Telemetry;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>What reads from a socket itself: the door a whole reply, with its head; the listener of a sign-in a whole request.</summary>
internal static class SocketTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfBytes(
            "answer to a TLS handshake",
            [
                [0x16, 0x03, 0x01, 0x00, 0x2A, 0x02, 0x00, 0x00, 0x26, 0x03, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00],
                [0x16, 0x03, 0x00, 0x00, 0x2A, 0x02, 0x00, 0x00, 0x26, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
                [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28],
                [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46],
                [],
            ],
            Explain,
            AuthErrorId.TlsFailure),
        new(
            "HTTP reply off the wire",
            [
                L("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{\"access_token\":\"a\"}"),
                L("HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"error\"\r\nC;x=\"y\"\r\n:\"invalid\"} \r\n0\r\nTrailer: t\r\n\r\n"),
                L("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nSet-Cookie: a=b\r\n\r\n{\"error\":\"invalid_grant\"}"),
                L("HTTP/1.0 200 OK\r\n\r\n{}"),
            ],
            ReceiveAsync)
        {
            Ids = [AuthErrorId.NetworkFailure, AuthErrorId.MalformedResponse, AuthErrorId.RedirectRefused],
            Share = 0.2,
        },
        new(
            "request at the listener of a sign-in",
            [
                L("GET /back?code=c1&state=s1&iss=https%3A%2F%2Fid.example.com HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: x\r\n\r\n"),
                L("GET /back?error=access_denied&error_description=no&state=s1 HTTP/1.1\r\nAccept: */*\r\nhost: localhost:{port}\r\n\r\n"),
            ],
            ListenAsync)
        {
            Documented = typeof(InvalidDataException),
            Share = 0.2,
        },
    ];

    private static void Explain(byte[] first)
    {
        (string detail, string action) = HandshakeAnswer.Explain(first[..Math.Min(first.Length, 16)], 443);
        Assert.Matches(@"^[ -~]+$", detail + action);
        Assert.DoesNotMatch(@"TLS 1\.(?![0-3]\b)", detail);
        if (detail is "port 443 does not speak TLS" or "the handshake broke")
        {
            throw AuthError.Create(AuthErrorId.TlsFailure, detail);
        }
    }

    private static byte[] L(string text) => Encoding.Latin1.GetBytes(text);

    private static async Task ReceiveAsync(byte[] reply)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task server = AnswerAsync(listener, reply);
        var sender = new HttpSender(TimeProvider.System);
        try
        {
            // Once: what can be repeated otherwise is repeated until this server is gone.
            var request = new WireRequest("token request", "https://id.example.com", HttpMethod.Post, new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/token"));
            request.SetBody("application/x-www-form-urlencoded", "grant_type=client_credentials");
            JsonReply.Read(await sender.SendAsync(request, new TransportSettings { MaximumRetryCount = 0 }, NoLog.Instance, CancellationToken.None));
        }
        finally
        {
            sender.Release();
            await server;
        }
    }

    private static async Task AnswerAsync(TcpListener listener, byte[] reply)
    {
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            int length = 0;
            while (!Encoding.ASCII.GetString(request, 0, length).EndsWith("grant_type=client_credentials", StringComparison.Ordinal))
            {
                int read = await stream.ReadAsync(request.AsMemory(length));
                if (read == 0)
                {
                    return;
                }

                length += read;
            }

            await stream.WriteAsync(reply);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(request) > 0)
            {
                // Closing before the other side has read all would take the reply away from it.
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // The other side had enough of the reply before its end.
        }
    }

    // The sign-in ends with one good request and no other, and whatever came, the next good request is taken.
    private static async Task ListenAsync(byte[] request)
    {
        using LoopbackListener listener = LoopbackListener.Start("http://127.0.0.1/back", TimeProvider.System);
        listener.Expect(AnswerProof.OfState("s1"));
        Task<LoopbackCall> waiting = listener.WaitAsync(CancellationToken.None);
        string said = await AskAsync(listener.Port, request, waiting);
        if (waiting.IsCompleted)
        {
            using LoopbackCall call = await waiting;
            Assert.StartsWith("/back?", call.Target.Reveal(), StringComparison.Ordinal);
            return;
        }

        Assert.Matches("^$|^HTTP/1.1 40[045] ", said);
        await AskAsync(listener.Port, L("GET /back?code=after&state=s1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"), waiting);
        using LoopbackCall last = await waiting;
        Assert.Equal("/back?code=after&state=s1", last.Target.Reveal());
        throw new InvalidDataException("turned away");
    }

    // The answer's first line, empty where the connection was closed without one. Ends when the listener has its call: that one
    // is not answered here.
    private static async Task<string> AskAsync(int port, byte[] request, Task<LoopbackCall> waiting)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        try
        {
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(L(Encoding.Latin1.GetString(request).Replace("{port}", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Task<string?> line = reader.ReadLineAsync();
            await Task.WhenAny(line, waiting);
            return line.IsCompleted ? await line ?? string.Empty : string.Empty;
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
