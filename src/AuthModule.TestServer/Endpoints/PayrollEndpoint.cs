using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>A sample API that wants a strong sign-in of the person within the last five minutes (RFC 9470).</summary>
internal static class PayrollEndpoint
{
    private const int MaximumAge = 300;

    public static void Map(IEndpointRouteBuilder routes, ServerState state) =>
        routes.MapGet("/api/payroll", (RequestDelegate)(context => HandleAsync(context, state)));

    private static async Task HandleAsync(HttpContext context, ServerState state)
    {
        if (await BearerCheck.RequireAsync(context, state, "orders.read") is not { } caller)
        {
            return;
        }

        bool isStrong = Text(caller, "acr") == ContextClasses.Strong;
        bool isRecent = long.TryParse(Text(caller, "auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out long signedInOn)
            && state.Now - DateTimeOffset.FromUnixTimeSeconds(signedInOn) <= TimeSpan.FromSeconds(MaximumAge);
        if (!isStrong || !isRecent)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"authmodule\", error=\"insufficient_user_authentication\", error_description=\"Sign in again, strongly\", acr_values=\"{ContextClasses.Strong}\", max_age=\"{MaximumAge}\"";
            context.Response.Headers.CacheControl = "no-store";
            return;
        }

        await Reply.JsonAsync(context, new Dictionary<string, object?> { ["for"] = caller.Subject, ["salary"] = 1000 });
    }

    private static string? Text(Caller caller, string claim) => caller.Claims.GetValueOrDefault(claim) switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        null => null,
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };
}
