using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Interaction;

/// <summary>A request to the loopback: as much of HTTP as one GET of a browser needs, or one form that it posts.</summary>
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

    /// <summary>Path and query; of a form that was posted, its fields as a query.</summary>
    public string Target => Form is null ? words[1] : words[1] + "?" + Form;

    // What was posted; null for a GET.
    private string? Form { get; set; }

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
            int end = Encoding.ASCII.GetString(buffer, from, length - from).IndexOf(End, StringComparison.Ordinal);
            if (end >= 0)
            {
                int body = from + end + End.Length;
                var request = new LoopbackRequest(Encoding.ASCII.GetString(buffer, 0, body));
                return request.words[0] != "POST" || await request.ReadFormAsync(stream, buffer, body, length, cancellationToken).ConfigureAwait(false) ? request : null;
            }
        }

        return null;
    }

    /// <summary>200 where it asks for this path with a query, by GET, at this machine and from no other page; else the status that turns it away.</summary>
    /// <param name="path">The path.</param>
    /// <param name="port">That is listened on.</param>
    /// <param name="formOrigin">Whose page may post a form here, as an origin; null takes no form.</param>
    public int StatusFor(string path, int port, string? formOrigin = null)
    {
        bool isForm = words[0] == "POST" && formOrigin is not null;
        if (words.Length != 3 || !Target.StartsWith('/') || !NamesThisMachine("Host", "http://", port)
            || (IsOfAnotherPage(port) && !(isForm && IsOfOrigin(formOrigin!))))
        {
            return 400;
        }

        int query = Target.IndexOf('?');
        return words[0] != "GET" && !isForm ? 405 : query >= 0 && Target.Substring(0, query) == path ? 200 : 404;
    }

    // A page without a referrer names no origin but "null": then the state alone tells whose form it is.
    private bool IsOfOrigin(string origin) => Header("Origin") is { } sent && (sent == "null" || string.Equals(sent, origin, StringComparison.OrdinalIgnoreCase));

    private async Task<bool> ReadFormAsync(Stream stream, byte[] buffer, int start, int length, CancellationToken cancellationToken)
    {
        if (words.Length != 3 || words[1].Contains('?') || !int.TryParse(Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size > buffer.Length - start
            || Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return true; // It is turned away by what it is, without its body.
        }

        while (length < start + size)
        {
            int read = await stream.ReadAsync(buffer, length, start + size - length, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            length += read;
        }

        Form = Encoding.ASCII.GetString(buffer, start, size);
        return true;
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
