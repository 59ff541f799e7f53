using System;
using System.Text.Json;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Secrets;

namespace AuthModule.Grants;

/// <summary>What a service answers to a backchannel authentication request (CIBA Core 1.0, section 7.3).</summary>
internal sealed record BackchannelAuthentication(Secret RequestId)
{
    /// <summary>Null where the service does not say.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Null where the service does not say.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <exception cref="AuthServiceException">MalformedResponse: the id is missing.</exception>
    public static BackchannelAuthentication Read(WireReply reply, JsonElement json) =>
        new(JsonPath.Text(json, ["auth_req_id"]) is { Length: > 0 and <= Secret.MaxCharacters } id
            ? Secret.From(id)
            : throw JsonReply.Malformed(reply, "a JSON object without an auth_req_id that can be one"))
        {
            Interval = JsonNumber.Seconds(json, "interval"),
            Lifetime = JsonNumber.Seconds(json, "expires_in"),
        };
}
