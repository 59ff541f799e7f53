using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Cli.Server.Grants;
using AuthModule.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.Cli.Server.Endpoints;

/// <summary>Tokens for grants (RFC 6749, section 3.2).</summary>
internal static class TokenEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.Token, Reply.OAuth(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        string grantType = form.Require("grant_type");
        ServerClient client = state.ClientAuthentication.Authenticate(context, form);
        if (!GrantList.All.TryGetValue(grantType, out GrantHandler? grant))
        {
            throw new OAuthRefusal("unsupported_grant_type", "the server does not know this grant");
        }

        if (!client.MayUse(grantType))
        {
            throw new OAuthRefusal("unauthorized_client", $"the client may not use the grant {grantType}");
        }

        var request = new GrantRequest(state, realm, realm.Issuer(state, context), client, form, context.RequestAborted);
        IssuedTokens tokens = await grant(request);
        await Reply.JsonAsync(context, Success(request, tokens));
    }

    private static Dictionary<string, object?> Success(GrantRequest request, IssuedTokens tokens) => new()
    {
        ["access_token"] = tokens.AccessToken.Reveal(),
        ["token_type"] = tokens.TokenType,
        ["expires_in"] = (long)tokens.ExpiresIn.TotalSeconds,
        ["refresh_token"] = tokens.RefreshToken?.Reveal(),
        ["refresh_expires_in"] = tokens.RefreshToken is null ? null : (long)tokens.RefreshExpiresIn.TotalSeconds,
        ["scope"] = string.Join(' ', tokens.Scopes),
        ["id_token"] = IdTokens.For(request, tokens),
    };
}
