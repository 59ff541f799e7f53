#nullable enable
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace AuthModule.Pester;

/// <summary>
/// A server on loopback that answers a path with exactly what a test says, however wrong, and counts what it was asked. For
/// replies that no real server gives on demand. ScriptedServer.ps1 compiles it.
/// </summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, byte[]?> replies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> firstReplies = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Path, string Head, string Body)> requests = new();
    private readonly ConcurrentBag<TcpClient> connections = [];
    private (int Status, string ContentType, string Body, string[] Headers)? echo;

    public ScriptedServer()
    {
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Address { get; }

    public void Reply(string path, int status, string contentType, string body, params string[] headers) =>
        ReplyBytes(path, Text(status, contentType, body, headers));

    /// <summary>Answers one request of a path before its other replies count; several are given in their order.</summary>
    public void ReplyFirst(string path, int status, string contentType, string body, params string[] headers) =>
        firstReplies.GetOrAdd(path, _ => new()).Enqueue(Encoding.UTF8.GetBytes(Text(status, contentType, body, headers)));

    private static string Text(int status, string contentType, string body, string[] headers) =>
        $"HTTP/1.1 {status} Scripted\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n" + body;

    /// <summary>Byte by byte what goes over the wire; then the connection is closed.</summary>
    public void ReplyBytes(string path, string text) => replies[path] = Encoding.UTF8.GetBytes(text);

    /// <summary>
    /// Answers every path that has no reply of its own by what <paramref name="body"/> is, with all that it was sent in the place of
    /// <c>ECHO</c>: as it came and decoded, the worst that a server can do to a client's secrets. Null ends it.
    /// </summary>
    public void EchoOthers(int status, string contentType, string? body, params string[] headers) => echo = body is null ? null : (status, contentType, body, headers);

    /// <summary>Takes the request and never answers.</summary>
    public void Hang(string path) => replies[path] = null;

    public int CountOf(string path) => requests.Count(request => request.Path == path);

    /// <summary>The bodies that a path was sent, in their order.</summary>
    public string[] BodiesOf(string path) => [.. requests.Where(request => request.Path == path).Select(request => request.Body)];

    /// <summary>Request line and headers, as they came.</summary>
    public string[] HeadsOf(string path) => [.. requests.Where(request => request.Path == path).Select(request => request.Head)];

    /// <summary>How many requests there were at all.</summary>
    public int Count => requests.Count;

    public void Dispose()
    {
        listener.Stop();
        foreach (TcpClient connection in connections)
        {
            connection.Dispose();
        }
    }

    private static byte[] Repeat((int Status, string ContentType, string Body, string[] Headers) echo, string head, string body)
    {
        var said = new StringBuilder(head.Replace('\n', ' ')).Append(' ').Append(body).Append(' ').Append(WebUtility.UrlDecode(body));
        foreach (string word in head.Split(' ', '\n'))
        {
            Span<byte> decoded = new byte[word.Length];
            if (word.Length > 8 && Convert.TryFromBase64String(word, decoded, out int length))
            {
                string pair = Encoding.UTF8.GetString(decoded[..length]);
                said.Append(' ').Append(pair).Append(' ').Append(WebUtility.UrlDecode(pair));
            }
        }

        string quoted = System.Text.Json.JsonEncodedText.Encode(said.ToString()).ToString();
        string inAddress = Uri.EscapeDataString(said.ToString());
        return Encoding.UTF8.GetBytes(Text(
            echo.Status,
            echo.ContentType,
            echo.Body.Replace("ECHO", echo.ContentType.Contains("json", StringComparison.Ordinal) ? quoted : said.ToString(), StringComparison.Ordinal),
            [.. echo.Headers.Select(header => header.Replace("ECHO", inAddress, StringComparison.Ordinal))]));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient connection = await listener.AcceptTcpClientAsync();
                connections.Add(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            // Not disposed: that would close a connection that is to hang.
            var reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
            string first = await reader.ReadLineAsync() ?? string.Empty;
            string path = first.Split(' ') is [_, var asked, ..] ? asked : string.Empty;
            var head = new StringBuilder(first);
            int length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
            {
                head.Append('\n').Append(header);
                if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                {
                    length = int.Parse(header["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture);
                }
            }

            char[] body = new char[length];
            if (length > 0)
            {
                await reader.ReadBlockAsync(body, 0, length);
            }

            requests.Enqueue((path, head.ToString(), new string(body)));
            byte[]? reply = null;
            if (!(firstReplies.TryGetValue(path, out ConcurrentQueue<byte[]>? once) && once.TryDequeue(out reply)) && !replies.TryGetValue(path, out reply))
            {
                reply = echo is { } repeated ? Repeat(repeated, head.ToString(), new string(body)) : "HTTP/1.1 404 Scripted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
            }

            if (reply is not null)
            {
                await connection.GetStream().WriteAsync(reply);
                connection.Dispose();
            }
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException)
        {
            // The caller has gone, or the test is over.
        }
    }
}
