using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialogs;

/// <summary>A client that waits elsewhere: a device whose code was entered, or one that asked for a person by name.</summary>
internal sealed class PendingDialog : Dialog
{
    private readonly ServerState state;
    private readonly PendingSignIn pending;

    public PendingDialog(BrowserSession owner, ServerState state, PendingSignIn pending)
        : base(owner)
    {
        this.state = state;
        this.pending = pending;
        Client = pending.Client;
        Requested = pending.Requested;
        LoginHint = pending.Person?.Name;
        UserCode = pending.UserCode;
        BindingMessage = pending.BindingMessage;
    }

    public override string Purpose => UserCode is null
        ? $"For {Client!.Id}, which asks you from elsewhere."
        : $"For {Client!.Id}, on the device that shows this code.";

    // Whoever sent the code along may be somebody else: it is asked every time.
    public override bool NeedsConsent(ServerUser user) => true;

    public override Task AllowAsync(HttpContext context, ServerUser user)
    {
        if (pending.Person is { } person && person.Name != user.Name)
        {
            return MessagePage.Error("Another person was asked.", StatusCodes.Status403Forbidden).WriteAsync(context);
        }

        return pending.TryDecide(Requested.AllowedBy(Client!, user), state.Now)
            ? MessagePage.Done(UserCode is null ? "Allowed" : "Your device is connected", $"The client {Client!.Id} goes on by itself within a few seconds.").WriteAsync(context)
            : TooLateAsync(context);
    }

    public override Task DenyAsync(HttpContext context) => pending.TryDecide(null, state.Now)
        ? MessagePage.Error($"You denied it, and the client {Client!.Id} is told so.", StatusCodes.Status200OK).WriteAsync(context)
        : TooLateAsync(context);

    private static Task TooLateAsync(HttpContext context) =>
        MessagePage.Error("This was answered before, or its time is over.", StatusCodes.Status410Gone).WriteAsync(context);
}
