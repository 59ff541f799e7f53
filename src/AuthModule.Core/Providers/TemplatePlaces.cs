using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>The places that a description's templates may name besides its own parameters.</summary>
internal static class TemplatePlaces
{
    /// <summary>Those that a description's <c>environment</c> may set.</summary>
    public static IReadOnlyList<string> Settable { get; } =
        ["authority", "clientId", "clientSecret", "username", "password", "scope", "apiKey", "tokenDuration"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Settable,
        "otp", "resource", "refreshToken", "accessToken", "idToken", "tokenType", "tokenEndpoint", "origin", "host",
        "code", "codeVerifier", "codeChallenge", "redirectUri", "state", "nonce", "loginHint", "prompt", "deviceCode", "authRequestId", "proofThumbprint", "requestUri", "postLogoutRedirectUri",
        "subjectToken", "subjectTokenType", "actorToken", "actorTokenType", "requestedTokenType", "assertion", "audience", "bindingMessage",
        "token", "tokenTypeHint", "requestId", "debug", "subject",
        "method", "name", "scopes", "expiresOn", "description", "id", "appName", "issuerName", "phoneNumber", "emailAddress", "backupCode",
    ];
}
