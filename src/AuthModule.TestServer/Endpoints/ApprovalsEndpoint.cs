using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>What clients ask the person who is signed in (CIBA): where a real server would send a message to their phone.</summary>
internal static class ApprovalsEndpoint
{
    public const string Path = "/approvals";

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        routes.MapGet(Path, Reply.ForBrowser(context => ShowAsync(context, state)));
        routes.MapPost(Path, Reply.ForBrowser(context => ChooseAsync(context, state)));
    }

    private static Task ShowAsync(HttpContext context, ServerState state)
    {
        BrowserSession session = state.Browsers.FindOrCreate(context);
        if (session.User is { } user)
        {
            return ApprovalsPage.Of(session, user, state.Pending.Of(user)).WriteAsync(context);
        }

        SeeOther.To(context, state.Dialogs.Begin(new VisitDialog(session, Path)));
        return Task.CompletedTask;
    }

    private static async Task ChooseAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        BrowserSession session = state.Browsers.RequireForm(context, form);
        PendingSignIn? chosen = session.User is { } user ? state.Pending.Of(user).FirstOrDefault(pending => pending.Number == form["number"]) : null;
        SeeOther.To(context, chosen is null ? Path : state.Dialogs.Begin(new PendingDialog(session, state, chosen)));
    }
}
