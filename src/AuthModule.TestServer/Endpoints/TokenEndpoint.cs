using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Tokens for grants (RFC 6749, section 3.2).</summary>
internal static class TokenEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.Token, Reply.OAuth(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        string grantType = form.Require("grant_type");
        ServerClient client = JwtBearerHandler.SignerWithoutClient(context, form, state)
            ?? state.ClientAuthentication.Authenticate(context, form, realm.Issuer(state, context));
        if (!GrantList.All.TryGetValue(grantType, out GrantHandler? grant))
        {
            throw new OAuthRefusal("unsupported_grant_type", "the server does not know this grant");
        }

        if (!client.MayUse(grantType))
        {
            throw new OAuthRefusal("unauthorized_client", $"the client may not use the grant {grantType}");
        }

        string? thumbprint = state.Dpop.Check(context);
        if (client.RequiresDpop && thumbprint is null)
        {
            throw new OAuthRefusal("invalid_dpop_proof", "the client has to bind its tokens to a key");
        }

        var request = new GrantRequest(state, realm, realm.Issuer(state, context), client, form, context.RequestAborted)
        {
            ProofThumbprint = thumbprint,
            CertificateThumbprint = client.CertificateSubject is null ? null : ClientCertificates.Thumbprint(context),
        };
        IssuedTokens tokens = await grant(request);
        await Reply.JsonAsync(context, Success(request, tokens));
    }

    private static Dictionary<string, object?> Success(GrantRequest request, IssuedTokens tokens) => new(request.ReplyMembers)
    {
        ["access_token"] = tokens.AccessToken.Reveal(),
        ["token_type"] = TokenBinding.TypeOf(tokens.Grant.Claims),
        ["expires_in"] = (long)tokens.ExpiresIn.TotalSeconds,
        ["refresh_token"] = tokens.RefreshToken?.Reveal(),
        ["refresh_expires_in"] = tokens.RefreshToken is null ? null : (long)tokens.RefreshExpiresIn.TotalSeconds,
        ["scope"] = string.Join(' ', tokens.Scopes),
        [AuthorizationDetails.Name] = tokens.Grant.Claims.GetValueOrDefault(AuthorizationDetails.Name),
        ["id_token"] = IdTokens.For(request, tokens),
    };
}
