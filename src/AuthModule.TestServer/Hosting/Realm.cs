using System;
using System.Text.RegularExpressions;
using AuthModule.Issuing;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Hosting;

/// <summary>One issuer of the server: where its endpoints are below its own path, which can have route parameters.</summary>
internal sealed partial record Realm(string Path)
{
    public static Realm Root { get; } = new(string.Empty);

    public string Token { get; init; } = "/token";

    public string Authorization { get; init; } = "/authorize";

    public string Jwks { get; init; } = "/jwks";

    public string Introspection { get; init; } = "/introspect";

    public string Revocation { get; init; } = "/revoke";

    public string UserInfo { get; init; } = "/userinfo";

    public string DeviceAuthorization { get; init; } = "/device_authorization";

    public string PushedAuthorization { get; init; } = "/par";

    public string Backchannel { get; init; } = "/bc-authorize";

    /// <summary>400 by the standard; some servers say 401.</summary>
    public int WrongPasswordStatus { get; init; } = StatusCodes.Status400BadRequest;

    /// <summary>Lets a dialect change what is granted by what was asked for.</summary>
    public Func<TokenGrant, OAuthForm, TokenGrant> Adjust { get; init; } = static (grant, _) => grant;

    /// <summary>The issuer identifier of a request, with the values of its route.</summary>
    public string Issuer(ServerState state, HttpContext context) =>
        state.Origin + Parameter().Replace(Path, match => (string?)context.Request.RouteValues[match.Groups[1].Value] ?? string.Empty);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
