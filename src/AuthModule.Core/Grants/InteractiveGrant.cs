using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Interaction;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A code flow in this machine's browser, which comes back to this machine's loopback (RFC 8252).</summary>
internal sealed class InteractiveGrant : IPersonGrant
{
    private static readonly TimeSpan LongestSignIn = TimeSpan.FromMinutes(5);

    // A program that ends sooner has handed the address to a browser that runs already.
    private static readonly TimeSpan ShortestVisit = TimeSpan.FromSeconds(10);

    private static readonly AuthorizationCodeGrant Code = new();

    public string Name => GrantNames.Interactive;

    public string DescribedAs => Code.Name;

    public string? AdvertisedAs => DescribedAs;

    public string? ReasonAgainstTrial => $"{Name} needs a person; try it with Get-AuthToken";

    public OperationDescription Standard => Code.Standard;

    public bool IsMeantBy(TokenRequest request) => false;

    public bool CanRepeat(TokenRequest request) => false;

    public async Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        GrantInput input = context.Request.Input;
        string service = context.Service.DisplayName;
        if (context.Request.IsNonInteractive)
        {
            throw AuthError.Create(
                AuthErrorId.InteractionRequired,
                $"Signing in at {service} needs a person and a browser, and -NonInteractive says that there is none.",
                new ErrorDetails { Service = service, Action = "Sign in once without -NonInteractive and keep the session in a store, or use a credential that needs nobody." });
        }

        using LoopbackListener listener = LoopbackListener.Start(input.RedirectUri ?? context.Service.Description.RedirectUri ?? LoopbackAddress.Default, context.Clock);
        AuthorizationRequest authorization = await context.Tools.Authorization.BuildAsync(
            context.Request, context.Service, listener.RedirectUri, context.ProofKey, context.Log, cancellationToken).ConfigureAwait(false);
        listener.Expect(
            ResponseModes.IsSigned(authorization.ResponseMode) ? AnswerProof.OfSignedState(authorization.State) : AnswerProof.OfState(authorization.State),
            ResponseModes.IsForm(authorization.ResponseMode) ? authorization.Url : null);
        context.Log.Verbose($"Waiting on {listener.RedirectUri} for the sign-in at {service}.");

        // Told in any case: what opened may be the wrong browser, or none that anybody sees.
        context.Log.Write(LogLevel.Information, $"To sign in at {service}, finish in the browser that opens, or open this address on this machine:");
        context.Log.Write(LogLevel.Information, $"  {authorization.Url.AbsoluteUri}");
        Task<int> browser = context.Tools.Browser.Open(authorization.Url, input.BrowserPath);
        using LoopbackCall call = await WaitAsync(context, listener, browser, input.InteractionTimeout ?? LongestSignIn, cancellationToken).ConfigureAwait(false);
        try
        {
            TokenSet tokens = await Code.RedeemAsync(context, authorization, call.Target, cancellationToken).ConfigureAwait(false);
            await call.RespondAsync(200, LandingPage.Success(service), cancellationToken).ConfigureAwait(false);
            return tokens;
        }
        catch (AuthException failure)
        {
            await call.RespondAsync(400, LandingPage.Failure(service, failure.Message), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<LoopbackCall> WaitAsync(
        GrantContext context, LoopbackListener listener, Task<int> browser, TimeSpan longest, CancellationToken cancellationToken)
    {
        string service = context.Service.DisplayName;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<LoopbackCall> answer = listener.WaitAsync(leave.Token);
        var wait = new PersonWait($"Sign-in at {service}", "Finish the sign-in in the browser. Ctrl+C ends it.", longest, context.Clock, context.Log);
        Task closed = ClosedAsync(browser, wait);
        try
        {
            if (!await wait.ForAsync(Task.WhenAny(answer, closed), cancellationToken).ConfigureAwait(false))
            {
                throw AuthError.Create(
                    AuthErrorId.AuthorizationExpired,
                    $"Nobody finished the sign-in at {service} in the browser within {AuthModule.Text.DisplayText.Span(longest)}.{Turned(listener.Rejected)}",
                    new ErrorDetails { Service = service });
            }

            return answer.IsCompleted ? await answer.ConfigureAwait(false) : throw AuthError.Create(
                AuthErrorId.InteractionRequired,
                $"The browser ended before the sign-in at {service} was finished.",
                new ErrorDetails { Service = service, Action = "Sign in again and leave the browser open until it says that you are signed in, or use -DeviceCode." });
        }
        finally
        {
            wait.End();
            leave.Cancel();
        }
    }

    // A service that does not send the state back looks to a person as if nothing had come.
    private static string Turned(int rejected) => rejected == 0
        ? string.Empty
        : $" {(rejected == 1 ? "One request was" : $"{rejected} requests were")} turned away: not the answer to this sign-in (another state or none, or from another page).";

    // Ends when the program that was started for this sign-in has failed, or was closed after having been looked at.
    private static async Task ClosedAsync(Task<int> browser, PersonWait wait)
    {
        int exitCode = await browser.ConfigureAwait(false);
        if (exitCode == 0 && wait.Elapsed < ShortestVisit)
        {
            await new TaskCompletionSource<bool>().Task.ConfigureAwait(false);
        }
    }
}
