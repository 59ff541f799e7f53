using System;
using System.Collections.Generic;

namespace AuthModule.Cli.Server.Grants;

/// <summary>Every grant of the token endpoint. A new one is one file and one line here.</summary>
internal static class GrantList
{
    public static IReadOnlyDictionary<string, GrantHandler> All { get; } = new Dictionary<string, GrantHandler>(StringComparer.Ordinal)
    {
        ["authorization_code"] = AuthorizationCodeGrant.HandleAsync,
        ["client_credentials"] = ClientCredentialsGrant.HandleAsync,
        ["password"] = PasswordGrant.HandleAsync,
        ["refresh_token"] = RefreshTokenGrant.HandleAsync,
        [DeviceCodeGrant.Name] = DeviceCodeGrant.HandleAsync,
        [TokenExchangeGrant.Name] = TokenExchangeGrant.HandleAsync,
        [JwtBearerGrant.Name] = JwtBearerGrant.HandleAsync,
        [BackchannelGrant.Name] = BackchannelGrant.HandleAsync,
    };
}
