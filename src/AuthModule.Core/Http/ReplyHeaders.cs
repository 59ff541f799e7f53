using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;

namespace AuthModule.Http;

/// <summary>Reads what the engine needs from a reply's headers.</summary>
internal static class ReplyHeaders
{
    public static WireReply Read(WireRequest request, HttpResponseMessage response, byte[] body, long sentAt, TimeProvider clock)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Collect(headers, response.Headers);
        if (response.Content is { } content)
        {
            Collect(headers, content.Headers);
        }

        return new WireReply
        {
            Request = request,
            Status = (int)response.StatusCode,
            Body = body,
            MediaType = MediaType(headers.GetValueOrDefault("content-type")),
            Charset = CharsetOf(headers.GetValueOrDefault("content-type")),
            SetCookies = response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? [.. cookies] : [],
            Headers = headers,
            SentAt = sentAt,
            ServerTime = response.Headers.Date,
            RetryAfter = RetryAfter(response.Headers.RetryAfter, response.Headers.Date ?? clock.GetUtcNow()),
        };
    }

    private static void Collect(Dictionary<string, string> headers, HttpHeaders source)
    {
#if NETSTANDARD2_0
        foreach (KeyValuePair<string, IEnumerable<string>> header in source)
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }
#else
        foreach (KeyValuePair<string, HeaderStringValues> header in source.NonValidated)
        {
            headers[header.Key] = header.Value.ToString();
        }
#endif
    }

    private static string? MediaType(string? contentType)
    {
        if (contentType is null)
        {
            return null;
        }

        int semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType.Substring(0, semicolon)).Trim().ToLowerInvariant();
    }

    private static string? CharsetOf(string? contentType)
    {
        foreach (string parameter in contentType?.Split(';') ?? [])
        {
            string[] pair = parameter.Split(['='], 2);
            if (pair.Length == 2 && pair[0].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                return pair[1].Trim(' ', '"', '\'');
            }
        }

        return null;
    }

    // A date is compared with the server's own clock, so that a wrong clock here does not turn a minute into a year.
    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? value, DateTimeOffset now)
    {
        TimeSpan? wait = value?.Delta ?? (value?.Date is { } date ? date - now : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
