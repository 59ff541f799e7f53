using System;
using System.Collections.Generic;
using System.Net.Http;

namespace AuthModule.Rest;

/// <summary>A call to an API, without the credential.</summary>
internal sealed record RestRequest(Uri Url)
{
    /// <summary>More than any reply that a script goes through, less than what ends its process.</summary>
    public const int DefaultReplyLimit = 256 * 1024 * 1024;

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Makes the body of one sending; null sends none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>False for a stream that can be read once: then the call is sent once.</summary>
    public bool IsBodyRepeatable { get; init; } = true;

    /// <summary>In bytes, for a reply that is kept in memory; a file takes any.</summary>
    public int ReplyLimit { get; init; } = DefaultReplyLimit;

    /// <summary>The caller wants what the API says also where it refuses; redirects to elsewhere stay refused.</summary>
    public bool TakesRefusals { get; init; }
}
