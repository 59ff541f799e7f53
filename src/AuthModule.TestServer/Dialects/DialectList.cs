using System;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>The services that the embedded server imitates, all at one address. A new one is one line here.</summary>
internal static class DialectList
{
    private static readonly Action<IEndpointRouteBuilder, ServerState>[] All =
    [
        LocalDialect.Map,
        KeycloakDialect.Map,
        PynomalyDialect.Map,
        MosaiaSignIn.Map,
        MosaiaOAuth.Map,
        CognitoDialect.Map,
    ];

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        foreach (Action<IEndpointRouteBuilder, ServerState> map in All)
        {
            map(routes, state);
        }
    }
}
