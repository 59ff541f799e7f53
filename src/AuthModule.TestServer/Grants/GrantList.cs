using System;
using System.Collections.Generic;

namespace AuthModule.TestServer.Grants;

/// <summary>Every grant of the token endpoint. A new one is one file and one line here.</summary>
internal static class GrantList
{
    public static IReadOnlyDictionary<string, GrantHandler> All { get; } = new Dictionary<string, GrantHandler>(StringComparer.Ordinal)
    {
        ["authorization_code"] = AuthorizationCodeHandler.HandleAsync,
        ["client_credentials"] = ClientCredentialsHandler.HandleAsync,
        ["password"] = PasswordHandler.HandleAsync,
        ["refresh_token"] = RefreshTokenHandler.HandleAsync,
        [DeviceCodeHandler.Name] = DeviceCodeHandler.HandleAsync,
        [TokenExchangeHandler.Name] = TokenExchangeHandler.HandleAsync,
        [JwtBearerHandler.Name] = JwtBearerHandler.HandleAsync,
        [BackchannelHandler.Name] = BackchannelHandler.HandleAsync,
    };
}
