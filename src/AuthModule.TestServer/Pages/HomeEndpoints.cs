using System.Collections.Generic;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Pages;

/// <summary>The endpoints of the server's own issuer, as the home page lists them.</summary>
internal static class HomeEndpoints
{
    public static IReadOnlyList<(string Path, string What, bool IsPage)> All { get; } =
    [
        ("/.well-known/openid-configuration", "Discovery", true),
        (Realm.Root.Jwks, "Keys", true),
        (Realm.Root.Authorization, "Authorization code with PKCE", false),
        (Realm.Root.PushedAuthorization, "Pushed requests (RFC 9126)", false),
        (Realm.Root.Token, "Tokens", false),
        (Realm.Root.DeviceAuthorization, "Device flow (RFC 8628)", false),
        (DeviceEndpoint.Path, "Where people enter a device's code", true),
        (Realm.Root.Backchannel, "Requests to people by name (CIBA)", false),
        (ApprovalsEndpoint.Path, "Where people answer them", true),
        (Realm.Root.Introspection, "Introspection (RFC 7662)", false),
        (Realm.Root.Revocation, "Revocation (RFC 7009)", false),
        (Realm.Root.UserInfo, "Who signed in", false),
        ("/api/orders", "Sample API; Bearer or DPoP", false),
    ];
}
