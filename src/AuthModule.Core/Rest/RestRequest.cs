using System;
using System.Collections.Generic;
using System.Net.Http;

namespace AuthModule.Rest;

/// <summary>A call to an API, without the credential.</summary>
internal sealed record RestRequest(Uri Url)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Makes the body of one sending; null sends none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>False for a stream that can be read once: then the call is sent once.</summary>
    public bool IsBodyRepeatable { get; init; } = true;

    /// <summary>The caller wants what the API says also where it refuses; redirects to elsewhere stay refused.</summary>
    public bool TakesRefusals { get; init; }
}
