using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Pages;

/// <summary>What clients ask of the person who is signed in, without a browser of theirs (CIBA).</summary>
internal static class ApprovalsPage
{
    public static Page Of(BrowserSession session, ServerUser user, IReadOnlyList<PendingSignIn> open) => new("Requests for you", Html.Of(
        $"""
        <main data-page="approvals">
        {Mark.Key}
        <h1>Requests for you</h1>
        <p class="soft">{(open.Count == 0 ? $"Nobody asks {user.Name} for anything just now." : "Choose one to see what it is.")}</p>
        {open.Select(pending => Html.Of($"""
            <form method="post" action="{ApprovalsEndpoint.Path}">
            {session.Hidden}
            <input type="hidden" name="number" value="{pending.Number}">
            <div class="buttons"><button>{pending.Client.Id}{(pending.BindingMessage is { } message ? ": " + message : string.Empty)}</button></div>
            </form>
            """))}
        <p class="next">You are signed in as <strong>{user.Name}</strong>. <a href="{ApprovalsEndpoint.Path}">Look again</a></p>
        </main>
        """));
}
