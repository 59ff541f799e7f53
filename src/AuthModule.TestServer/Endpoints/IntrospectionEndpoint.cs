using System.Collections.Generic;
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
        await Reply.JsonAsync(context, status.IsActive && MaySee(client, status.Record!) ? Describe(status.Record!, realm.Issuer(state, context)) : Inactive);
    }

    // To others a token is as good as unknown (section 2.2).
    private static bool MaySee(ServerClient client, TokenRecord record) =>
        record.ClientId == client.Id || (client.IsResourceServer && record.Type == TokenRecord.Access);

    // Nothing more is said of a token that is not active (section 2.2).
    private static Dictionary<string, object?> Inactive { get; } = new() { ["active"] = false };

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
