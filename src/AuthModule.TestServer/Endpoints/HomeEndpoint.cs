using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>The home page.</summary>
internal static class HomeEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state) =>
        routes.MapGet("/", (RequestDelegate)(context => HomePage.Of(state).WriteAsync(context)));
}
