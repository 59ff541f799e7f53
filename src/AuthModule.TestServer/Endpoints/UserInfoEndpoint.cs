using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Who signed in (OpenID Connect Core, section 5.3).</summary>
internal static class UserInfoEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapMethods(realm.Path + realm.UserInfo, ["GET", "POST"], (RequestDelegate)(context => HandleAsync(context, state)));

    private static async Task HandleAsync(HttpContext context, ServerState state)
    {
        if (await BearerCheck.RequireAsync(context, state, "openid") is not { } record)
        {
            return;
        }

        ServerUser? user = state.Users.Find(record.Subject);
        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["sub"] = record.Subject,
            ["preferred_username"] = user?.Name,
            ["email"] = record.Scopes.Contains("email") ? user?.Email : null,
            ["groups"] = user?.Groups,
        });
    }
}
