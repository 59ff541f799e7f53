using System.Management.Automation;
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

    /// <summary>The browser to start in place of the system's.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string? BrowserPath { get; set; }

    private TokenRequest WithInteractive(TokenRequest request) => WithClient(request) with
    {
        Grant = Chosen(Interactive, nameof(Interactive), GrantNames.Interactive),
        Input = request.Input with { RedirectUri = RedirectUri, LoginHint = LoginHint, Prompt = Prompt, BrowserPath = BrowserPath },
    };
}
