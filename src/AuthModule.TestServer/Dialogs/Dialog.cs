using System;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Pages;
using AuthModule.TestServer.Users;
using AuthModule.Text;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialogs;

/// <summary>Something that a person is asked in their browser: to sign in, to allow, and then it is answered. Only the browser that began it can go on with it.</summary>
internal abstract class Dialog(BrowserSession owner)
{
    public const string Path = "/sign-in";

    public BrowserSession Owner { get; } = owner;

    public string Id { get; } = RandomText.Base64Url(24);

    public DateTimeOffset Until { get; set; }

    /// <summary>Who asks; null where nobody but the person does.</summary>
    public ServerClient? Client { get; protected init; }

    public AccessRequest Requested { get; protected init; } = new(null, [], AuthorizationDetails.None);

    /// <summary>One sentence.</summary>
    public abstract string Purpose { get; }

    /// <summary>What the person should know before they answer.</summary>
    public virtual string Note => string.Empty;

    public string? LoginHint { get; protected init; }

    public string? UserCode { get; protected init; }

    public string? BindingMessage { get; protected init; }

    /// <summary>The person has to sign in again, whoever is signed in.</summary>
    public bool MustSignIn { get; set; }

    /// <summary>Where the answer leads, for the policy of its pages; null for nowhere.</summary>
    public virtual string? FormTarget => null;

    public Html Hidden => Owner.Hidden;

    public abstract bool NeedsConsent(ServerUser user);

    /// <summary>Called once, when nothing is left to ask.</summary>
    public abstract Task AllowAsync(HttpContext context, ServerUser user);

    public abstract Task DenyAsync(HttpContext context);
}
