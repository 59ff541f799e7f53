using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>What a token is worth: for the client that it was issued to, and an access token for APIs too (RFC 7662).</summary>
internal static class IntrospectionEndpoint
{
    private const string SignedType = "token-introspection+jwt";

    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.Introspection, Reply.OAuth(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        ServerClient client = state.ClientAuthentication.Authenticate(context, form);
        if (client.IsPublic)
        {
            throw OAuthRefusal.InvalidClient("a public client may not introspect");
        }

        TokenStatus status = await state.Issuer.FindAsync(form.Require("token"), context.RequestAborted);
        string issuer = realm.Issuer(state, context);
        Dictionary<string, object?> told = status.IsActive && MaySee(client, status.Record!) ? Describe(status.Record!, issuer) : Inactive;
        await (context.Request.Headers.Accept.ToString().Contains(SignedType, StringComparison.OrdinalIgnoreCase)
            ? SignedAsync(context, state, client, issuer, told)
            : Reply.JsonAsync(context, told));
    }

    // RFC 9701, section 5: for whoever asks for it.
    private static Task SignedAsync(HttpContext context, ServerState state, ServerClient client, string issuer, Dictionary<string, object?> told)
    {
        foreach (string none in told.Where(static member => member.Value is null).Select(static member => member.Key).ToArray())
        {
            told.Remove(none);
        }

        context.Response.ContentType = "application/" + SignedType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            state.Keys.Sign(
                new Dictionary<string, object?> { ["iss"] = issuer, ["aud"] = client.Id, ["iat"] = state.Now.ToUnixTimeSeconds(), ["token_introspection"] = told },
                SignedType,
                client.SigningAlgorithm),
            context.RequestAborted);
    }

    // To others a token is as good as unknown (section 2.2).
    private static bool MaySee(ServerClient client, TokenRecord record) =>
        record.ClientId == client.Id || (client.IsResourceServer && record.Type == TokenRecord.Access);

    // Nothing more is said of a token that is not active (section 2.2).
    private static Dictionary<string, object?> Inactive => new() { ["active"] = false };

    private static Dictionary<string, object?> Describe(TokenRecord record, string issuer)
    {
        bool isAccess = record.Type == TokenRecord.Access;
        return new Dictionary<string, object?>
        {
            ["active"] = true,
            ["iss"] = record.Grant.Issuer ?? issuer,
            ["sub"] = record.Subject,
            ["username"] = record.Subject == record.ClientId ? null : record.Subject,
            ["client_id"] = record.ClientId,
            ["scope"] = string.Join(' ', record.Scopes),
            ["aud"] = record.Grant.Audience.Count > 0 ? record.Grant.Audience : null,
            ["exp"] = record.ExpiresAt.ToUnixTimeSeconds(),
            ["token_use"] = isAccess ? "access_token" : "refresh_token",
            ["token_type"] = isAccess ? TokenBinding.TypeOf(record.Grant.Claims) : null,
            [TokenBinding.Claim] = record.Grant.Claims.GetValueOrDefault(TokenBinding.Claim),
            [AuthorizationDetails.Name] = record.Grant.Claims.GetValueOrDefault(AuthorizationDetails.Name),
            ["act"] = record.Grant.Claims.GetValueOrDefault("act"),
            ["groups"] = isAccess ? record.Grant.Claims.GetValueOrDefault("groups") : null,
        };
    }
}
