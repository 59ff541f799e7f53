using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Dialogs;

/// <summary>A client that sent its person here for a code.</summary>
internal sealed class AuthorizationDialog : Dialog
{
    private readonly ServerState state;
    private readonly AuthorizationAnswer answer;
    private readonly bool mustConsent;

    public AuthorizationDialog(BrowserSession owner, ServerState state, AuthorizationAnswer answer, AccessRequest requested)
        : base(owner)
    {
        this.state = state;
        this.answer = answer;
        AuthorizationParameters request = answer.Request;
        Client = request.Client;
        Requested = requested;
        LoginHint = request.LoginHint;
        mustConsent = request.Prompts.Contains("consent");
        MustSignIn = request.Prompts.Contains("login") || request.Prompts.Contains("select_account")
            || request.ContextClass != ContextClasses.Password
            || (request.MaximumAge is { } age && owner.SignedInOn < state.Now - age);
    }

    public override string Purpose => $"For {Client!.Id}, which takes you back to {(Target.Scheme is "http" or "https" ? Target.Authority : Target.Scheme)}.";

    public override string Note => Requested.Details.IsEmpty ? "What you allow is not asked again while this server runs." : string.Empty;

    // Policies cannot name an IPv6 address.
    public override string FormTarget =>
        Target.Scheme is "http" or "https" && Target.HostNameType != UriHostNameType.IPv6 ? Target.GetLeftPart(UriPartial.Authority) : Target.Scheme + ":";

    private Uri Target => new(answer.Request.RedirectUri);

    public override bool NeedsConsent(ServerUser user) => mustConsent || !state.Consents.Covers(user, Client!, Requested);

    public override Task AllowAsync(HttpContext context, ServerUser user)
    {
        state.Consents.Remember(user, Client!, Requested);
        return answer.ApproveAsync(context, Requested.AllowedBy(Client!, user), Owner.SignedInOn);
    }

    public override Task DenyAsync(HttpContext context) => answer.RefuseAsync(context, new OAuthRefusal("access_denied", "the person refused"));
}
