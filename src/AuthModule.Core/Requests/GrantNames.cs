namespace AuthModule.Requests;

/// <summary>What <see cref="AuthModule.Requests.TokenRequest.Grant"/> takes: the standards' <c>grant_type</c> where there is one.</summary>
internal static class GrantNames
{
    public const string ClientCredentials = "client_credentials";
    public const string Password = "password";
    public const string RefreshToken = "refresh_token";
    public const string AuthorizationCode = "authorization_code";
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    public const string Backchannel = "urn:openid:params:grant-type:ciba";

    /// <summary>The code grant, with the browser of the person who is there.</summary>
    public const string Interactive = "interactive";

    /// <summary>The platform's assertion in place of a secret.</summary>
    public const string Workload = "workload";

    /// <summary>The token that a cloud machine gets from its own address.</summary>
    public const string ManagedIdentity = "managed_identity";

    /// <summary>The caller's own issuer, in this process.</summary>
    public const string Issuer = "issuer";

    public const string ApiKey = "api_key";
}
