using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Interaction;

/// <summary>The head of a request to the loopback: as much of HTTP as one GET of a browser needs.</summary>
internal sealed class LoopbackRequest
{
    private const int LongestRequest = 32 * 1024;
    private const string End = "\r\n\r\n";

    private readonly string[] lines;
    private readonly string[] words;

    private LoopbackRequest(string head)
    {
        lines = head.Split(["\r\n"], StringSplitOptions.None);
        words = lines[0].Split(' ');
    }

    /// <summary>Path and query.</summary>
    public string Target => words[1];

    /// <summary>Null where it ends before it is whole, or does not come to its end.</summary>
    public static async Task<LoopbackRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
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

            // Only what is new is looked at: whoever sends letter by letter must not cost more than what is sent.
            int from = Math.Max(0, length - End.Length + 1);
            length += read;
            if (Encoding.ASCII.GetString(buffer, from, length - from).Contains(End, StringComparison.Ordinal))
            {
                return new LoopbackRequest(Encoding.ASCII.GetString(buffer, 0, length));
            }
        }

        return null;
    }

    /// <summary>200 where it asks for this path with a query, by GET, at this machine and from no other page; else the status that turns it away.</summary>
    public int StatusFor(string path, int port)
    {
        if (words.Length != 3 || !Target.StartsWith('/') || !NamesThisMachine("Host", "http://", port) || IsOfAnotherPage(port))
        {
            return 400;
        }

        int query = Target.IndexOf('?');
        return words[0] != "GET" ? 405 : query >= 0 && Target.Substring(0, query) == path ? 200 : 404;
    }

    // A page from elsewhere whose name was made to lead here names itself in Host.
    private bool NamesThisMachine(string header, string scheme, int port) =>
        Header(header) is { } value && Uri.TryCreate(scheme + value, UriKind.Absolute, out Uri? host) && host.IsLoopback && host.Port == port;

    // A browser that is sent here names no origin (Fetch, "append a request Origin header"); a script of a page does.
    private bool IsOfAnotherPage(int port) => Header("Origin") is not null && !NamesThisMachine("Origin", string.Empty, port);

    private string? Header(string name)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            {
                return line.Substring(name.Length + 1).Trim();
            }
        }

        return null;
    }
}
