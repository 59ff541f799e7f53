using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>A sample API that wants a token with the scope <c>orders.read</c>.</summary>
internal static class OrdersEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state) =>
        routes.MapGet("/api/orders", (RequestDelegate)(context => HandleAsync(context, state)));

    private static async Task HandleAsync(HttpContext context, ServerState state)
    {
        if (await BearerCheck.RequireAsync(context, state, "orders.read") is not { } record)
        {
            return;
        }

        // A token that was asked for another API (RFC 8707) is not for this one.
        if (record.Audience.Count > 0 && !record.Audience.Any(audience => ResourceIndicators.IsSampleApi(audience, state)))
        {
            BearerCheck.RefuseToken(context, "it is for another API");
            return;
        }

        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["for"] = record.Subject,
            ["orders"] = new[]
            {
                new Dictionary<string, object?> { ["id"] = 1, ["item"] = "lamp", ["count"] = 2 },
                new Dictionary<string, object?> { ["id"] = 2, ["item"] = "chair", ["count"] = 6 },
            },
        });
    }
}
