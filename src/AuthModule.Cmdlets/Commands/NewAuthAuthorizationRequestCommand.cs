using System;
using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>
/// The first half of a code flow (RFC 6749, section 4.1, with PKCE): an address for anybody's browser. Give the object, and
/// the address that the browser is sent to, to Get-AuthToken.
/// </summary>
[Cmdlet(VerbsCommon.New, "AuthAuthorizationRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuthorizationRequest))]
public sealed class NewAuthAuthorizationRequestCommand : ClientCommand
{
    /// <summary>Where the browser is sent afterwards, exactly as it is registered for the client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>Who is to sign in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LoginHint { get; set; }

    /// <summary>What the service shall ask of the person: <c>login</c>, <c>consent</c>, <c>select_account</c>, <c>none</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PromptCompleter))]
    public string? Prompt { get; set; }

    /// <summary>How long ago the person may have signed in; who signed in earlier has to again. Checked in the ID token.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How the person has to sign in: one of these authentication context classes. Checked in the ID token.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? AcrValues { get; set; }

    /// <summary>Claims that are asked for one by one (OpenID Connect Core, section 5.5): JSON, or a hashtable.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Claims { get; set; }

    /// <summary>Binds the tokens to a key of the session (RFC 9449).</summary>
    [Parameter]
    public SwitchParameter Dpop { get; set; }

    private protected override void Run()
    {
        // Where the service wants it pushed, it is sent (RFC 9126).
        TokenRequest request = Request();
        if (ShouldProcess(request.Authority ?? request.Profile ?? "the service", "Begin a sign-in"))
        {
            WriteObject(Wait(new ValueTask<AuthorizationRequest>(Engine.CreateAuthorizationRequestAsync(request, Log, StopToken))));
        }
    }

    private protected override TokenRequest Request()
    {
        TokenRequest request = base.Request();
        return request with
        {
            UseDpop = Dpop,
            Input = SignInArguments.AddTo(request.Input, MaxAge, AcrValues, Claims) with { RedirectUri = RedirectUri, LoginHint = LoginHint, Prompt = Prompt },
        };
    }
}
