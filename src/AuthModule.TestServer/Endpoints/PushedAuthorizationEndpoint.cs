using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Takes authorization requests ahead of the browser (RFC 9126), so that nothing of them passes through it.</summary>
internal static class PushedAuthorizationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.PushedAuthorization, Reply.OAuth(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        ServerClient client = state.ClientAuthentication.Authenticate(context, form, realm.Issuer(state, context) + realm.Token);
        if (form["request_uri"] is not null)
        {
            throw OAuthRefusal.InvalidRequest("a pushed request holds no request_uri");
        }

        AuthorizationParameters request = AuthorizationParameters.Of(RequestObjects.Open(form, client, state, realm.Issuer(state, context)), client);
        request.Check(state);
        if (state.Dpop.Check(context) is { } thumbprint && request.ProofThumbprint is { } named && named != thumbprint)
        {
            throw new OAuthRefusal("invalid_dpop_proof", "dpop_jkt names another key than the proof");
        }

        await Reply.JsonAsync(
            context,
            new Dictionary<string, object?> { ["request_uri"] = state.Pushed.Add(request), ["expires_in"] = (long)PushedRequests.Lifetime.TotalSeconds },
            StatusCodes.Status201Created);
    }
}
