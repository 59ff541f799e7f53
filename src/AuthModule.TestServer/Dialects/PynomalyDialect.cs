using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>A JSON login API with API keys, a second factor and one rate limit over all of them.</summary>
internal static class PynomalyDialect
{
    public const string Path = "/api/v1";

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        var gate = new PynomalyGate(state);
        new PynomalyLogin(state, gate).Map(routes);
        new PynomalyApiKeys(state, gate).Map(routes);
        new PynomalyMfa(state, gate).Map(routes);
    }
}
