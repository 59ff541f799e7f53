using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>A code by <c>/oauth</c>, its exchange at <c>/v1/auth/token</c>, and the refresh at <c>/auth/token</c>, which names no client.</summary>
internal static class MosaiaOAuth
{
    private static readonly Realm Realm = new(string.Empty)
    {
        Authorization = "/oauth",
        Adjust = static (grant, _) => grant with { JwtType = "JWT" },
    };

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        AuthorizationEndpoint.Map(routes, state, Realm);
        routes.MapPost("/v1/auth/token", Reply.OAuth(context => ExchangeAsync(context, state)));
        routes.MapPost("/auth/token", Reply.OAuth(context => RefreshAsync(context, state)));
    }

    private static async Task ExchangeAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        if (form.Require("grant_type") != "authorization_code")
        {
            throw new OAuthRefusal("unsupported_grant_type", "only authorization_code is exchanged here");
        }

        ServerClient client = state.FindClient(form.Require("client_id")) ?? throw OAuthRefusal.InvalidClient("the client is not known");
        var request = new GrantRequest(state, Realm, Realm.Issuer(state, context), client, form, context.RequestAborted);
        await SendAsync(context, state, await AuthorizationCodeHandler.HandleAsync(request));
    }

    private static async Task RefreshAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        if (form.Require("grant_type") != "refresh_token")
        {
            throw new OAuthRefusal("unsupported_grant_type", "only refresh_token is exchanged here");
        }

        try
        {
            await SendAsync(context, state, await state.Issuer.RefreshAsync(form.Require("refresh_token"), context.RequestAborted));
        }
        catch (AuthException refused) when (refused is TokenValidationException or TokenExpiredException)
        {
            throw OAuthRefusal.InvalidGrant("the refresh token is not valid any more");
        }
    }

    private static Task SendAsync(HttpContext context, ServerState state, IssuedTokens tokens)
    {
        state.Pairs.Remember(tokens);
        Dictionary<string, object?> reply = MosaiaReply.Tokens(state, tokens);
        reply["scope"] = string.Join(',', tokens.Scopes);
        return Reply.JsonAsync(context, reply);
    }
}
