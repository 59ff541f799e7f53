using System;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A person signs in with the browser of this machine (RFC 8252, PKCE).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string InteractiveSet = "Interactive";

    /// <summary>Opens the browser.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Where the browser comes back to: an http address of this machine; a free port where it names none.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>What the service shall ask of the person: <c>login</c>, <c>consent</c>, <c>select_account</c>, <c>none</c>.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PromptCompleter))]
    public string? Prompt { get; set; }

    /// <summary>How long ago the person may have signed in; who signed in earlier has to again. Checked in the ID token.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [DurationArgument]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How the person has to sign in: one of these authentication context classes. Checked in the ID token.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string[]? AcrValues { get; set; }

    /// <summary>Claims that are asked for one by one (OpenID Connect Core, section 5.5): JSON, or a hashtable.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public object? Claims { get; set; }

    /// <summary>The browser to start in place of the system's.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string? BrowserPath { get; set; }

    private TokenRequest WithInteractive(TokenRequest request) => WithClient(request) with
    {
        Grant = Chosen(Interactive, nameof(Interactive), GrantNames.Interactive),
        Input = SignInArguments.AddTo(request.Input, MaxAge, AcrValues, Claims) with { RedirectUri = RedirectUri, LoginHint = LoginHint, Prompt = Prompt, BrowserPath = BrowserPath },
    };
}
