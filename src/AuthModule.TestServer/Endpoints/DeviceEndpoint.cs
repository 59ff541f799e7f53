using System.Threading.Tasks;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Where a person enters the code of a device (RFC 8628, section 3.3). With the code in the address it is filled in, and still the person's to confirm.</summary>
internal static class DeviceEndpoint
{
    public const string Path = "/device";

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        routes.MapGet(Path, Reply.ForBrowser(context =>
            DevicePage.Of(state.Browsers.FindOrCreate(context), context.Request.Query["user_code"], null).WriteAsync(context)));
        routes.MapPost(Path, Reply.ForBrowser(context => EnterAsync(context, state)));
    }

    private static async Task EnterAsync(HttpContext context, ServerState state)
    {
        OAuthForm form = await OAuthForm.ReadAsync(context);
        BrowserSession session = state.Browsers.RequireForm(context, form);
        string typed = form["user_code"] ?? string.Empty;
        state.WrongUserCodes.RequireTurn(Path);
        if (state.Pending.FindByUserCode(typed) is { } pending)
        {
            state.WrongUserCodes.Right(Path);
            SeeOther.To(context, state.Dialogs.Begin(new PendingDialog(session, state, pending)));
            return;
        }

        state.WrongUserCodes.Wrong(Path);
        await DevicePage.Of(session, typed, "No device waits with this code. It may have run out.").WriteAsync(context);
    }
}
