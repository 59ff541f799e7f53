using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Gives a device a code, and the address where its person enters it (RFC 8628, section 3.1).</summary>
internal static class DeviceAuthorizationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.DeviceAuthorization, Reply.OAuth(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        ServerClient client = state.ClientAuthentication.Authenticate(context, form, realm.Issuer(state, context) + realm.Token);
        if (!client.MayUse(DeviceCodeHandler.Name))
        {
            throw new OAuthRefusal("unauthorized_client", "the client may not use the device flow");
        }

        var pending = new PendingSignIn(client, PendingAccess.Read(form, client, state), state.Now + state.Options.PendingLifetime, state.Options.PollInterval)
        {
            UserCode = UserCode.New(),
        };
        string code = state.Pending.Add(pending);
        PendingAccess.ApproveIfTold(pending, state);
        string page = state.Origin + DeviceEndpoint.Path;
        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["device_code"] = code,
            ["user_code"] = pending.UserCode,
            ["verification_uri"] = page,
            ["verification_uri_complete"] = $"{page}?user_code={Uri.EscapeDataString(pending.UserCode)}",
            ["expires_in"] = (long)state.Options.PendingLifetime.TotalSeconds,
            ["interval"] = (long)Math.Ceiling(state.Options.PollInterval.TotalSeconds),
        });
    }
}
