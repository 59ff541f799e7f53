using System;
using System.Linq;
using System.Text;

namespace AuthModule.Cli.Tests.Support;

/// <summary>What a <see cref="FaultServer"/> does with one request: the bytes that it writes, and how it goes on.</summary>
internal sealed record FaultReply(byte[] Bytes)
{
    /// <summary>Keeps the connection open and says nothing more, until the server is disposed of.</summary>
    public bool Hangs { get; init; }

    public static FaultReply Json(int status, string body, params string[] headers) => Text(status, "application/json", body, headers);

    public static FaultReply Text(int status, string mediaType, string body, params string[] headers)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string[] all = [$"HTTP/1.1 {status} Scripted", $"Content-Type: {mediaType}", $"Content-Length: {content.Length}", "Connection: close", .. headers];
        return new FaultReply([.. Encoding.ASCII.GetBytes(string.Join("\r\n", all) + "\r\n\r\n"), .. content]);
    }

    public static FaultReply Redirect(string location) => Text(302, "text/plain", string.Empty, $"Location: {location}");

    /// <summary>Never answers.</summary>
    public static FaultReply Hang() => new([]) { Hangs = true };

    /// <summary>Starts to answer and stays in the middle of the body.</summary>
    public static FaultReply HangInBody(string start) => new(Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{start}")) { Hangs = true };

    /// <summary>Closes the connection without a word.</summary>
    public static FaultReply Drop() => new([]);

    /// <summary>Promises more than it sends, then closes.</summary>
    public FaultReply CutAt(int bytes) => this with { Bytes = [.. Bytes.Take(bytes)] };
}
