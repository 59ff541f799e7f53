using System.Linq;
using System.Text;
using AuthModule.Errors;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <summary>A reply as <c>-Debug</c> shows it: status, harmless headers, and the names in its JSON; no value of it.</summary>
internal static class MaskedReply
{
    private const int LongestValue = 100;

    // What a server says of itself and of when to come again.
    private static readonly string[] HarmlessHeaders =
        ["date", "retry-after", "cache-control", "server", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

    public static string Describe(WireReply reply)
    {
        var text = new StringBuilder();
        text.Append(reply.Status).Append(' ');
        if (reply.MediaType is { } kind)
        {
            text.Append(VisibleText.Shortened(kind, LongestValue)).Append(' ');
        }

        text.Append(reply.Body.Length).Append(" bytes");
        foreach (string name in HarmlessHeaders.Where(name => reply.Header(name) is not null))
        {
            text.Append(" | ").Append(name).Append(": ").Append(VisibleText.Shortened(reply.Header(name)!, LongestValue));
        }

        if (MaskedJson.Names(reply.Body) is { } names)
        {
            text.Append(" | fields ").Append(names);
        }

        text.Append(" [request ").Append(reply.Request.RequestId).Append(']');
        return reply.Request.Scrubber.Scrub(text.ToString());
    }
}
