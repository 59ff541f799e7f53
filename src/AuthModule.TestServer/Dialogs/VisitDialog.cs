using System.Threading.Tasks;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialogs;

/// <summary>A person who wants to see a page of their own.</summary>
internal sealed class VisitDialog(BrowserSession owner, string page) : Dialog(owner)
{
    public override string Purpose => "To see what waits for your answer.";

    public override bool NeedsConsent(ServerUser user) => false;

    public override Task AllowAsync(HttpContext context, ServerUser user) => LeaveAsync(context, page);

    public override Task DenyAsync(HttpContext context) => LeaveAsync(context, "/");

    private static Task LeaveAsync(HttpContext context, string address)
    {
        SeeOther.To(context, address);
        return Task.CompletedTask;
    }
}
