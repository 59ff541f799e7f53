using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Providers;

/// <summary>The places that a description's templates may name besides its own parameters and what it keeps of replies.</summary>
internal static class TemplatePlaces
{
    /// <summary>What begins so tells of the client's key.</summary>
    public const string KeyPrefix = "key.";

    /// <summary>Those that a description's <c>environment</c> may set.</summary>
    public static IReadOnlyList<string> Settable { get; } =
        ["authority", "clientId", "clientSecret", "clientKey", "username", "password", "scope", "apiKey", "tokenDuration"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Settable.Where(name => name != "clientKey"),
        "otp", "resource", "refreshToken", "accessToken", "idToken", "tokenType", "tokenEndpoint", "origin", "host",
        "code", "codeVerifier", "codeChallenge", "redirectUri", "state", "nonce", "loginHint", "prompt", "deviceCode", "authRequestId", "proofThumbprint", "postLogoutRedirectUri",
        "subjectToken", "subjectTokenType", "actorToken", "actorTokenType", "requestedTokenType", "assertion", "bindingMessage",
        "token", "tokenTypeHint", "cookies", "mfaMethod", "mfaMethods", "uuid", "now",
        "method", "name", "scopes", "expiresOn", "description", "id", "appName", "issuerName", "phoneNumber", "emailAddress",
    ];

    /// <summary>Those that one kind of request fills, by the grants and operations that do; all others are filled by any.</summary>
    private static readonly Dictionary<string, string[]> Bound = new(StringComparer.OrdinalIgnoreCase)
    {
        ["code"] = ["authorization_code"],
        ["codeVerifier"] = ["authorization_code"],
        ["deviceCode"] = ["urn:ietf:params:oauth:grant-type:device_code"],
        ["authRequestId"] = ["urn:openid:params:grant-type:ciba"],
        ["bindingMessage"] = ["backchannel_authentication"],
        ["subjectToken"] = ["urn:ietf:params:oauth:grant-type:token-exchange"],
        ["subjectTokenType"] = ["urn:ietf:params:oauth:grant-type:token-exchange"],
        ["actorToken"] = ["urn:ietf:params:oauth:grant-type:token-exchange"],
        ["actorTokenType"] = ["urn:ietf:params:oauth:grant-type:token-exchange"],
        ["requestedTokenType"] = ["urn:ietf:params:oauth:grant-type:token-exchange"],
        ["codeChallenge"] = ["authorization", "pushed_authorization_request"],
        ["nonce"] = ["authorization", "pushed_authorization_request"],
        ["proofThumbprint"] = ["authorization", "pushed_authorization_request"],
        ["idToken"] = ["end_session"],
        ["postLogoutRedirectUri"] = ["end_session"],
        ["tokenTypeHint"] = ["revocation", "introspection"],
        ["token"] = ["revocation", "introspection", "signOut"],
    };

    /// <summary>Whether a request of this name ever fills a place: <c>{code}</c> has a value in the exchange of a code and nowhere else.</summary>
    public static bool IsFilledIn(string place, string operation) => !Bound.TryGetValue(place, out string[]? operations) || operations.Contains(operation);
}
