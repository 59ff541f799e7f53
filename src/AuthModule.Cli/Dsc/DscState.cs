using System;
using System.Collections.Generic;
using AuthModule.Requests;

namespace AuthModule.Cli.Dsc;

/// <summary>What is, as DSC reads it: the names of the instance and what is known of its token. Never a token or a secret.</summary>
internal static class DscState
{
    /// <summary>Of a session that nobody asked for by an instance.</summary>
    public static Dictionary<string, object?> Of(AuthSession session) => Of(new DscInstance { Request = session.Request }, session.Request, session.Token);

    /// <param name="instance">What was asked for.</param>
    /// <param name="request">The same with everything filled in.</param>
    /// <param name="token">What the store has; null for nothing that is good enough.</param>
    /// <param name="inDesiredState">Null where nobody asked.</param>
    public static Dictionary<string, object?> Of(DscInstance instance, TokenRequest request, AuthToken? token, bool? inDesiredState = null) => new()
    {
        ["name"] = instance.Name,
        ["provider"] = request.Provider,
        ["authority"] = token?.Authority ?? request.Authority,
        ["clientId"] = request.ClientId,
        ["username"] = request.Input.UserName,
        ["scope"] = request.Scopes.Count > 0 ? request.Scopes : null,
        ["store"] = request.Store,
        ["minimumLifetime"] = instance.MinimumLifetime is { } least ? $"{(long)least.TotalSeconds}s" : null,
        ["_exist"] = token is not null,
        ["tokenType"] = token?.TokenType,
        ["subject"] = token?.Subject,
        ["grantedScope"] = token?.Scopes is { Length: > 0 } granted ? granted : null,
        ["expiresOn"] = token is not null && token.ExpiresOn != DateTimeOffset.MaxValue ? token.ExpiresOn : null,
        ["hasRefreshToken"] = token?.HasRefreshToken,
        ["_inDesiredState"] = inDesiredState,
    };
}
