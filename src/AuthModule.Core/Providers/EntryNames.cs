using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>The names that entries of a description have; a test holds them to the grants and methods that there are.</summary>
internal static class EntryNames
{
    /// <summary>An API key: alone it is what goes out, with a request it is exchanged.</summary>
    public const string ApiKey = "api_key";

    /// <summary>Of the entries of <c>grants</c>.</summary>
    public static IReadOnlyList<string> Grants { get; private set; } =
    [
        "refresh_token", "authorization_code", "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer", ApiKey,
        "workload", "issuer", "password", "urn:openid:params:grant-type:ciba", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code", "managed_identity",
    ];

    /// <summary>One more, of a grant from outside of the engine's sources.</summary>
    public static void AddGrant(string name) => Grants = [.. Grants, name];

    /// <summary>Of <c>operations</c>: what a service does besides handing out tokens.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        "revocation", "introspection", "authorization", "pushed_authorization_request", "device_authorization", "backchannel_authentication", "end_session",
        "signOut", "apiKeyCreate", "apiKeyList", "apiKeyRegenerate", "apiKeyRemove",
        "mfaRegisterTotp", "mfaRegisterSms", "mfaRegisterEmail", "mfaConfirmTotp", "mfaConfirmSms", "mfaConfirmEmail", "mfaStatus",
    ];

    /// <summary>Of <c>clientAuthentication</c>.</summary>
    public static IReadOnlyList<string> ClientAuthentication { get; } =
        ["Basic", "BasicPlain", "Post", "SecretJwt", "Tls", "PrivateKeyJwt", "Workload", "None"];

    /// <summary>Of <c>result</c>: the parts of a reply that is no token.</summary>
    public static IReadOnlyList<string> Results { get; } =
    [
        "items", "id", "key", "name", "scopes", "createdOn", "expiresOn", "lastUsedOn", "isActive", "description",
        "secret", "uri", "manualKey", "backupCodes", "message", "enabled", "methods", "backupCodesLeft",
    ];
}
