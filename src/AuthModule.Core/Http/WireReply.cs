using System;
using System.Collections.Generic;

namespace AuthModule.Http;

/// <summary>One reply, read whole.</summary>
internal sealed class WireReply
{
    public required WireRequest Request { get; init; }

    public required int Status { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Media type without parameters, lower case; null when the server named none.</summary>
    public string? MediaType { get; init; }

    /// <summary>The charset that the reply declares; null when it declares none.</summary>
    public string? Charset { get; init; }

    /// <summary>The <c>Set-Cookie</c> headers, each by itself (RFC 6265, section 3): joined they cannot be told apart.</summary>
    public IReadOnlyList<string> SetCookies { get; init; } = [];

    /// <summary>By name, without regard to case; several of one name are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The clock's timestamp just before the request went out: a lifetime counts from here, to be on the safe side.</summary>
    public required long SentAt { get; init; }

    /// <summary>The server's clock (<c>Date</c>); null when it sent none.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>From <c>Retry-After</c>, as a time from now; null when there was none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => Status is >= 200 and <= 299;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
