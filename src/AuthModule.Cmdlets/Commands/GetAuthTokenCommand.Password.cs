using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>A user's name and password (RFC 6749, section 4.3, and the JSON log-ins of services).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string PasswordSet = "Password";

    /// <summary>The user's name and password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PasswordSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>How long the token shall last, where the service lets the user choose: <c>30m</c>, <c>12h</c>, <c>7d</c>.</summary>
    [Parameter(ParameterSetName = PasswordSet)]
    [ValidateNotNullOrEmpty]
    public string? TokenDuration { get; set; }

    /// <summary>The current code of the second factor.</summary>
    [Parameter(ParameterSetName = PasswordSet)]
    [ValidateNotNullOrEmpty]
    public string? Otp { get; set; }

    private TokenRequest WithPassword(TokenRequest request) => WithClient(request) with
    {
        Grant = "password",
        Input = request.Input with
        {
            UserName = Credential!.UserName,
            Password = Secret.From(Credential.Password),
            TokenDuration = TokenDuration,
            Otp = Secret.FromOptional(Otp),
            AskForCode = CodeQuestion.CanAsk ? (question, _) => Task.FromResult(OnPipeline(() => CodeQuestion.Ask(this, question))) : null,
        },
    };
}
