using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Faults;

/// <summary>A request as it arrived, letter by letter.</summary>
internal sealed record FaultRequest(string Method, string Path, string Head, string Body)
{
    public static FaultRequest None { get; } = new(string.Empty, string.Empty, string.Empty, string.Empty);

    /// <summary>Null where the client left before it was whole.</summary>
    public static async Task<FaultRequest?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        int headEnd;
        while ((headEnd = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0 || text.Length < headEnd + 4 + BodyLength(text.ToString(0, headEnd)))
        {
            int count = await stream.ReadAsync(buffer, stop);
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

    private static int BodyLength(string head) => head
        .Split("\r\n")
        .Where(static header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(static header => int.Parse(header.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
