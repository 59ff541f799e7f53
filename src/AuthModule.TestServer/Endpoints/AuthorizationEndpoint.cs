using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>
/// Where a person allows a client to act (RFC 6749, section 4.1.1; PKCE with S256 is required). Pages ask the person, unless
/// nothing is left to ask or the server was told to answer for somebody.
/// </summary>
internal static class AuthorizationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state, Realm realm)
    {
        routes.MapGet(realm.Path + realm.Authorization, Reply.ForBrowser(context => AskAsync(context, state, realm, OAuthForm.OfQuery(context))));

        // OpenID Connect Core, section 3.1.2.1, wants both.
        routes.MapPost(realm.Path + realm.Authorization, Reply.ForBrowser(async context => await AskAsync(context, state, realm, await OAuthForm.ReadAsync(context))));
    }

    private static Task AskAsync(HttpContext context, ServerState state, Realm realm, OAuthForm form)
    {
        AuthorizationParameters request = AuthorizationParameters.Read(form, state, realm.Issuer(state, context));
        var answer = new AuthorizationAnswer(state, request, realm.Issuer(state, context));
        try
        {
            AccessRequest requested = request.Check(state);
            if (state.Users.Find(state.Options.AutoApproveAs) is { } told)
            {
                return answer.ApproveAsync(context, requested.AllowedBy(request.Client, told), state.Now);
            }

            var dialog = new AuthorizationDialog(state.Browsers.FindOrCreate(context), state, answer, requested);
            return request.Prompts.Contains("none")
                ? AnswerAtOnceAsync(context, dialog)
                : GoOnAsync(context, state.Dialogs.Begin(dialog));
        }
        catch (OAuthRefusal refused)
        {
            return answer.RefuseAsync(context, refused);
        }
    }

    private static Task AnswerAtOnceAsync(HttpContext context, AuthorizationDialog dialog) =>
        dialog.Owner.User is not { } user || dialog.MustSignIn ? throw new OAuthRefusal("login_required", "nobody is signed in, or too long ago")
        : dialog.NeedsConsent(user) ? throw new OAuthRefusal("consent_required", "the person has to be asked")
        : dialog.AllowAsync(context, user);

    private static Task GoOnAsync(HttpContext context, string address)
    {
        SeeOther.To(context, address);
        return Task.CompletedTask;
    }
}
