using System.Management.Automation;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>The service asks a person on their own device (OpenID Connect CIBA).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string BackchannelSet = "Backchannel";

    /// <summary>Who is to sign in, as the service knows them. Without <c>-Interactive</c> the service asks them on their own device.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BackchannelSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string? LoginHint { get; set; }

    /// <summary>A text that both sides show, so that the person can compare.</summary>
    [Parameter(ParameterSetName = BackchannelSet)]
    [ValidateNotNullOrEmpty]
    public string? BindingMessage { get; set; }

    private TokenRequest WithBackchannel(TokenRequest request) => WithClient(request) with
    {
        Grant = GrantNames.Backchannel,
        Input = request.Input with { LoginHint = LoginHint, BindingMessage = BindingMessage },
    };
}
