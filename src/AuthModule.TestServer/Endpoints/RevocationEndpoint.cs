using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Ends tokens (RFC 7009). A token that is not known is as good as revoked.</summary>
internal static class RevocationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.Revocation, Reply.OAuth(context => HandleAsync(context, state)));

    private static async Task HandleAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        ServerClient client = state.ClientAuthentication.Authenticate(context, form);
        string token = form.Require("token");
        TokenStatus status = await state.Issuer.FindAsync(token, context.RequestAborted);
        if (status.IsActive)
        {
            if (status.Record!.ClientId != client.Id)
            {
                throw new OAuthRefusal("unauthorized_client", "the token was issued to another client");
            }

            await state.Issuer.RevokeAsync(token, context.RequestAborted);
        }

        context.Response.Headers.CacheControl = "no-store";
    }
}
