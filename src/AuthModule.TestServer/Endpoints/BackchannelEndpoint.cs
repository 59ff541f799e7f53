using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Lets a client ask a person whom it names, on their own device (OpenID Connect CIBA Core, section 7). They answer at <see cref="ApprovalsEndpoint"/>.</summary>
internal static class BackchannelEndpoint
{
    private const int LongestMessage = 100;

    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm) =>
        routes.MapPost(realm.Path + realm.Backchannel, Reply.OAuth(context => HandleAsync(context, state, realm)));

    private static async Task HandleAsync(HttpContext context, ServerState state, Realm realm)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        ServerClient client = state.ClientAuthentication.Authenticate(context, form, realm.Issuer(state, context) + realm.Token);
        if (client.IsPublic || !client.MayUse(BackchannelHandler.Name))
        {
            throw new OAuthRefusal("unauthorized_client", "the client may not ask people on their devices");
        }

        if (form.Scopes?.Contains("openid") != true)
        {
            throw OAuthRefusal.InvalidScope("the scope openid is missing");
        }

        if (form["login_hint_token"] is not null || form["id_token_hint"] is not null)
        {
            throw OAuthRefusal.InvalidRequest("only login_hint is read");
        }

        ServerUser person = state.Users.Find(form.Require("login_hint"))
            ?? throw new OAuthRefusal("unknown_user_id", "nobody is known by this login_hint");
        string? message = form["binding_message"];
        if (message?.Length > LongestMessage || message?.Any(char.IsControl) == true)
        {
            throw new OAuthRefusal("invalid_binding_message", "the binding_message is too long to be shown");
        }

        TimeSpan lifetime = RequestedLifetime(form, state.Options.PendingLifetime);
        var pending = new PendingSignIn(client, PendingAccess.Read(form, client, state), state.Now + lifetime, state.Options.PollInterval)
        {
            Person = person,
            BindingMessage = message,
        };
        string id = state.Pending.Add(pending);
        PendingAccess.ApproveIfTold(pending, state);
        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["auth_req_id"] = id,
            ["expires_in"] = (long)lifetime.TotalSeconds,
            ["interval"] = (long)Math.Ceiling(state.Options.PollInterval.TotalSeconds),
        });
    }

    private static TimeSpan RequestedLifetime(OAuthForm form, TimeSpan longest)
    {
        if (form["requested_expiry"] is not { } text)
        {
            return longest;
        }

        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, longest.TotalSeconds))
            : throw OAuthRefusal.InvalidRequest("requested_expiry is no number of seconds");
    }
}
