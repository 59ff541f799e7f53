using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>A user pool: the token endpoint of its domain, and keys below the pool's own path.</summary>
internal static class CognitoDialect
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        var tokens = new CognitoTokens(state);
        string pool = "/" + state.Options.Dialects.CognitoPool;
        var domain = new Realm(string.Empty)
        {
            Token = "/oauth2/token",
            Revocation = "/oauth2/revoke",
            Authorization = "/oauth2/authorize",
            Adjust = (grant, _) => tokens.AsAccess(grant, state.Users.Find(grant.Subject)?.Groups),
        };
        routes.MapPost(domain.Token, Reply.OAuth(context => HandleAsync(context, state, domain, tokens)));
        RevocationEndpoint.Map(routes, state, domain);
        AuthorizationEndpoint.Map(routes, state, domain);
        routes.MapGet(pool + "/.well-known/jwks.json", (RequestDelegate)(context => Reply.TextAsync(context, state.Keys.ToJwks())));
        routes.MapGet(pool + "/.well-known/openid-configuration", (RequestDelegate)(context => Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["issuer"] = tokens.Issuer,
            ["jwks_uri"] = tokens.Issuer + "/.well-known/jwks.json",
            ["token_endpoint"] = state.Origin + domain.Token,
            ["authorization_endpoint"] = state.Origin + domain.Authorization,
            ["revocation_endpoint"] = state.Origin + domain.Revocation,
            ["id_token_signing_alg_values_supported"] = new[] { IssuerKeys.DefaultAlgorithm },
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
        })));
    }

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm domain, CognitoTokens tokens)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        string grantType = form.Require("grant_type");
        ServerClient client = state.ClientAuthentication.Authenticate(context, form);
        if (grantType is not ("client_credentials" or "refresh_token" or "authorization_code"))
        {
            throw new OAuthRefusal("unsupported_grant_type", "the pool does not know this grant");
        }

        if (!client.MayUse(grantType))
        {
            throw new OAuthRefusal("unauthorized_client", $"the client may not use the grant {grantType}");
        }

        var request = new GrantRequest(state, domain, tokens.Issuer, client, form, context.RequestAborted);
        IssuedTokens issued = await GrantList.All[grantType](request);
        ServerUser? user = state.Users.Find(issued.Grant.Subject);
        request.IdTokenClaims.TryGetValue("nonce", out object? nonce);
        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["access_token"] = issued.AccessToken.Reveal(),
            ["refresh_token"] = issued.RefreshToken?.Reveal(),
            ["id_token"] = user is null ? null : tokens.IdToken(client.Id, user, (string?)nonce),
            ["expires_in"] = (long)issued.ExpiresIn.TotalSeconds,
            ["token_type"] = issued.TokenType,
        });
    }
}
