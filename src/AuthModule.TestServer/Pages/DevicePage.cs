using AuthModule.TestServer.Dialogs;
using AuthModule.TestServer.Endpoints;

namespace AuthModule.TestServer.Pages;

/// <summary>Asks for the code that a device shows.</summary>
internal static class DevicePage
{
    public static Page Of(BrowserSession session, string? typed, string? problem) => new("Connect a device", Html.Of(
        $"""
        <main data-page="device">
        {Mark.Device}
        <h1>Connect a device</h1>
        <p class="soft">Enter the code that your device or terminal shows.</p>
        {(problem is null ? Html.Empty : Html.Of($"<p class=\"problem\" role=\"alert\">{problem}</p>"))}
        <form method="post" action="{DeviceEndpoint.Path}">
        {session.Hidden}
        <label for="user_code">Code</label>
        <input class="code" id="user_code" name="user_code" value="{typed}" placeholder="XXXX-XXXX" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" autofocus>
        <div class="buttons"><button class="main">Continue</button></div>
        </form>
        <p class="next">The next page shows who asks, and for what. Nothing is allowed before that.</p>
        </main>
        """));
}
