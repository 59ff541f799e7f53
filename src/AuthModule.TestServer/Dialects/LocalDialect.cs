using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>Opaque tokens, as the local issuer makes them, below <c>/local</c>.</summary>
internal static class LocalDialect
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state) =>
        EndpointList.MapRealm(routes, state, new Realm("/local")
        {
            Adjust = static (grant, _) => grant with { Format = TokenFormat.Opaque },
        });
}
