using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Interaction;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Text;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Ends the sign-in in the person's browser too (OpenID Connect RP-Initiated Logout 1.0): tokens end without it, the browser's session does not.</summary>
internal sealed class SessionLogout(EndpointResolver endpoints, IBrowser browser, TimeProvider clock)
{
    private const string EndSession = "end_session";
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private static readonly FieldDescription[] StandardFields =
    [
        new("id_token_hint", Template.Parse("{idToken?}"), null),
        new("client_id", Template.Parse("{clientId?}"), null),
        new("post_logout_redirect_uri", Template.Parse("{postLogoutRedirectUri?}"), null),
        new("state", Template.Parse("{state?}"), null),
    ];

    /// <summary>Where a browser ends its session; null where the service has no such address. Holds the ID token: do not log it.</summary>
    /// <param name="session">Whose; ask before its tokens are revoked and forgotten.</param>
    /// <param name="redirectUri">Where the browser is sent afterwards, as it is registered; null stays at the service.</param>
    /// <param name="state">Comes back at the redirect URI; null leaves it out.</param>
    /// <param name="log">The caller's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Uri?> FindUrlAsync(AuthSession session, string? redirectUri, string? state, ICallLog log, CancellationToken cancellationToken)
    {
        Service service = session.Service;
        TokenSet? tokens = session.Token?.Tokens
            ?? await session.SessionStore.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        TemplateValues values = ServiceResolver.ValuesOf(service, new SecretScrubber());
        KeptValues.SetInto(values, tokens?.Kept ?? []);
        if (await endpoints.FindAsync(service, EndSession, log, cancellationToken, values).ConfigureAwait(false) is not { } address)
        {
            return null;
        }

        values.Set("idToken", tokens?.IdToken);
        values.Set("clientId", session.ClientId);
        values.Set("postLogoutRedirectUri", redirectUri);
        values.Set("state", state);
        var draft = new RequestDraft();
        draft.AddDescribed(service.Description.Operation(EndSession)?.Fields ?? StandardFields, values);
        return draft.AddressFor(address, FieldEncoding.Query);
    }

    /// <summary>
    /// Sends the browser there. It is started with an address of this machine that knows the way, so that the ID token does not
    /// show in the list of processes.
    /// </summary>
    /// <exception cref="AuthException">UnsupportedGrant: the service has no such address; InteractionRequired: there is no browser.</exception>
    public async Task OpenAsync(AuthSession session, Uri? url, string? browserPath, ICallLog log, CancellationToken cancellationToken)
    {
        if (url is null)
        {
            throw AuthError.Create(
                AuthErrorId.UnsupportedGrant,
                $"{session.Authority} has no address that ends a browser's session (end_session_endpoint).",
                new ErrorDetails { Service = session.Authority, Action = "Sign out on the service's own page." });
        }

        using LoopbackListener listener = LoopbackListener.Start(LoopbackAddress.Default, clock);
        string pass = RandomText.Base64Url(16);
        listener.Expect(new AnswerProof("pass", pass));
        _ = browser.Open(new Uri($"{listener.RedirectUri}/?pass={pass}"), browserPath);
        var wait = new PersonWait($"Sign-out at {session.Authority}", "Opening the browser.", LongestStart, clock, log);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<LoopbackCall> answer = listener.WaitAsync(leave.Token);
        if (!await wait.ForAsync(answer, cancellationToken).ConfigureAwait(false))
        {
            leave.Cancel();
            throw AuthError.Create(AuthErrorId.InteractionRequired, $"The browser did not come for the sign-out at {session.Authority}.", new ErrorDetails { Service = session.Authority });
        }

        using LoopbackCall call = await answer.ConfigureAwait(false);
        wait.End();
        await call.RedirectAsync(url, cancellationToken).ConfigureAwait(false);
    }
}
