using System;
using AuthModule.Secrets;
using AuthModule.TestServer.Pages;
using AuthModule.TestServer.Users;
using AuthModule.Text;

namespace AuthModule.TestServer.Dialogs;

/// <summary>One browser: who is signed in with it, and what its forms have to send along.</summary>
internal sealed class BrowserSession
{
    public const string FormField = "form_key";

    /// <summary>Null while nobody is signed in.</summary>
    public ServerUser? User { get; private set; }

    public DateTimeOffset SignedInOn { get; private set; }

    public DateTimeOffset Until { get; set; }

    /// <summary>The hidden field of its forms.</summary>
    public Html Hidden => Html.Of($"<input type=\"hidden\" name=\"{FormField}\" value=\"{FormKey.Reveal()}\">");

    // New at each sign-in, as the cookie is.
    private Secret FormKey { get; set; } = Secret.From(RandomText.Base64Url(24));

    public bool IsFormKey(string? given) => FormKey.Matches(Secret.FromOptional(given));

    public void SignIn(ServerUser user, DateTimeOffset now)
    {
        User = user;
        SignedInOn = now;
        FormKey = Secret.From(RandomText.Base64Url(24));
    }
}
