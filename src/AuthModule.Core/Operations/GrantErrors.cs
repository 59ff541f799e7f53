namespace AuthModule.Operations;

/// <summary>What a refusal means by what was asked: servers use the same words for a wrong password and an old refresh token.</summary>
internal static class GrantErrors
{
    public static string InvalidGrant(string operation) => operation switch
    {
        "refresh_token" => AuthErrorId.RefreshTokenExpired,
        "authorization_code" or "urn:openid:params:grant-type:ciba" => AuthErrorId.AuthorizationExpired,
        "urn:ietf:params:oauth:grant-type:device_code" => AuthErrorId.DeviceCodeExpired,
        _ when operation.Contains("refresh", System.StringComparison.OrdinalIgnoreCase) => AuthErrorId.RefreshTokenExpired,
        _ => AuthErrorId.InvalidCredentials,
    };

    public static string Unauthorized(string operation) => operation switch
    {
        "client_credentials" => AuthErrorId.InvalidClient,
        "revocation" or "introspection" => AuthErrorId.InvalidClient,

        // Nobody but the client has proved anything yet (RFC 9126, section 2.3; CIBA Core 1.0, section 13).
        "pushed_authorization_request" or "backchannel_authentication" or "device_authorization" => AuthErrorId.InvalidClient,
        _ when operation.Contains("refresh", System.StringComparison.OrdinalIgnoreCase) => AuthErrorId.RefreshTokenExpired,
        _ => AuthErrorId.InvalidCredentials,
    };
}
