using System.Threading.Tasks;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Leads a person through an dialog: sign in, allow or deny, done.</summary>
internal static class DialogEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        routes.MapGet(Dialog.Path, Reply.ForBrowser(context => ShowAsync(context, state)));
        routes.MapPost(Dialog.Path, Reply.ForBrowser(context => AnswerAsync(context, state)));
    }

    private static Task ShowAsync(HttpContext context, ServerState state)
    {
        Dialog dialog = state.Dialogs.Require(context.Request.Query["id"], state.Browsers.Find(context));
        return WhoIs(dialog) is not { } user ? SignInPage.Of(dialog, null).WriteAsync(context)
            : dialog.NeedsConsent(user) ? ConsentPage.Of(dialog, user).WriteAsync(context)
            : EndAsync(context, state, dialog, user);
    }

    private static async Task AnswerAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        BrowserSession session = state.Browsers.RequireForm(context, form);
        Dialog dialog = state.Dialogs.Require(context.Request.Query["id"], session);
        switch (form["answer"])
        {
            case "deny":
                await EndAsync(context, state, dialog, null);
                break;
            case "switch":
                dialog.MustSignIn = true;
                SeeOther.To(context, AddressOf(dialog));
                break;
            case "allow" when WhoIs(dialog) is { } user:
                await EndAsync(context, state, dialog, user);
                break;
            case "sign-in":
                await SignInAsync(context, state, dialog, form);
                break;
            default:
                SeeOther.To(context, AddressOf(dialog));
                break;
        }
    }

    private static async Task SignInAsync(HttpContext context, ServerState state, Dialog dialog, OAuthForm form)
    {
        string name = form["username"] ?? string.Empty;
        SignInResult result = state.Users.SignIn(name, form["password"] ?? string.Empty, out ServerUser? user);
        if (result == SignInResult.Accepted)
        {
            state.Browsers.SignIn(context, dialog.Owner, user!);
            dialog.MustSignIn = false;
            SeeOther.To(context, AddressOf(dialog));
            return;
        }

        string problem = result == SignInResult.Locked ? "This account is locked for a while." : "Name or password is wrong.";
        await SignInPage.Of(dialog, problem, name).WriteAsync(context);
    }

    // Two answers at once: the first counts.
    private static Task EndAsync(HttpContext context, ServerState state, Dialog dialog, ServerUser? allowedBy) =>
        !state.Dialogs.TryEnd(dialog) ? throw OAuthRefusal.InvalidRequest("this was answered already")
        : allowedBy is null ? dialog.DenyAsync(context)
        : dialog.AllowAsync(context, allowedBy);

    private static ServerUser? WhoIs(Dialog dialog) => dialog.MustSignIn ? null : dialog.Owner.User;

    private static string AddressOf(Dialog dialog) => $"{Dialog.Path}?id={dialog.Id}";
}
