using AuthModule.TestServer.Dialogs;

namespace AuthModule.TestServer.Pages;

/// <summary>Asks for name and password.</summary>
internal static class SignInPage
{
    public static Page Of(Dialog dialog, string? problem, string? name = null)
    {
        string? known = name ?? dialog.LoginHint;
        return new Page("Sign in", Html.Of(
            $"""
            <main data-page="sign-in">
            {Mark.Key}
            <h1>Sign in</h1>
            <p class="soft">{dialog.Purpose}</p>
            {(problem is null ? Html.Empty : Html.Of($"<p class=\"problem\" role=\"alert\">{problem}</p>"))}
            <form method="post" action="{Dialog.Path}?id={dialog.Id}">
            {dialog.Hidden}
            <label for="username">Name</label>
            <input id="username" name="username" value="{known}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" {Focus(known is null)}>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" {Focus(known is not null)}>
            <div class="buttons"><button class="main" name="answer" value="sign-in">Sign in</button><button name="answer" value="deny">Cancel</button></div>
            </form>
            <p class="next">A server for trying out. Names and passwords are in the line that it printed when it started.</p>
            </main>
            """))
        {
            FormTarget = dialog.FormTarget,
        };
    }

    private static Html Focus(bool here) => here ? new Html("autofocus") : Html.Empty;
}
