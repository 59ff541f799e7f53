using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;
using AuthModule.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Who signed in (OpenID Connect Core, section 5.3): plain, or signed and encrypted as the client is registered.</summary>
internal static class UserInfoEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapMethods(realm.Path + realm.UserInfo, ["GET", "POST"], (RequestDelegate)(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        if (await BearerCheck.RequireAsync(context, state, "openid") is not { } record)
        {
            return;
        }

        ServerUser? user = state.Users.Find(record.Subject);
        string[] wanted = record.Claims.GetValueOrDefault(ClaimsRequest.Name)?.ToString()?.Split(' ') ?? [];
        var claims = new Dictionary<string, object?>
        {
            ["sub"] = record.Subject,
            ["preferred_username"] = user?.Name,
            ["email"] = record.Scopes.Contains("email") || wanted.Contains("email") ? user?.Email : null,
            ["groups"] = user?.Groups,
        };
        ServerClient? client = record.ClientId is { } id ? state.FindClient(id) : null;
        ClientEncryption? encryption = client?.Encryption is { OfUserInfo: true } set ? set : null;
        if (client?.SignsUserInfo != true && encryption is null)
        {
            await Reply.JsonAsync(context, claims);
            return;
        }

        string text = JsonText.WriteObject(claims);
        if (client!.SignsUserInfo)
        {
            claims["iss"] = realm.Issuer(state, context);
            claims["aud"] = client.Id;
            text = state.Keys.Sign(claims, algorithm: client.SigningAlgorithm);
        }

        context.Response.ContentType = "application/jwt";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(encryption is null ? text : JweWriter.Encrypt(text, encryption.Key, encryption.Algorithm), context.RequestAborted);
    }
}
