using System;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Hosting;

/// <summary>A request that is refused with an OAuth error (RFC 6749, section 5.2).</summary>
internal sealed class OAuthRefusal(string error, string description, int status = StatusCodes.Status400BadRequest) : Exception(description)
{
    public string Error { get; } = error;

    public int Status { get; } = status;

    /// <summary>The value of <c>WWW-Authenticate</c>; null sends none.</summary>
    public string? Challenge { get; init; }

    /// <summary>Seconds; null sends none.</summary>
    public int? RetryAfter { get; init; }

    public static OAuthRefusal InvalidRequest(string description) => new("invalid_request", description);

    public static OAuthRefusal InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuthRefusal InvalidScope(string description) => new("invalid_scope", description);

    /// <summary>With a challenge when the client tried the <c>Authorization</c> header.</summary>
    public static OAuthRefusal InvalidClient(string description, bool usedHeader = false) =>
        new("invalid_client", description, StatusCodes.Status401Unauthorized)
        {
            Challenge = usedHeader ? "Basic realm=\"authmodule\", charset=\"UTF-8\"" : null,
        };
}
