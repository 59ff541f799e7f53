using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>The public keys of the issuer (RFC 7517).</summary>
internal static class JwksEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapGet(realm.Path + realm.Jwks, (RequestDelegate)(context => Reply.TextAsync(context, state.Keys.ToJwks())));
}
