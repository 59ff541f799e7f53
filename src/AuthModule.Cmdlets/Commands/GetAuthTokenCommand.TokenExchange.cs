using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A token for another token (RFC 8693).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string TokenExchangeSet = "TokenExchange";

    /// <summary>The token to exchange: AuthToken, SecureString or string.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenExchangeSet)]
    [ValidateNotNull]
    public object? SubjectToken { get; set; }

    /// <summary>What it is: a name of RFC 8693, section 3 (<c>access_token</c>, <c>jwt</c>, ...), or its URN. An access token where it is not given.</summary>
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TokenTypeCompleter))]
    public string? SubjectTokenType { get; set; }

    /// <summary>The token of the one who acts for the subject.</summary>
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [ValidateNotNull]
    public object? ActorToken { get; set; }

    /// <summary>What that is; an access token where it is not given.</summary>
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TokenTypeCompleter))]
    public string? ActorTokenType { get; set; }

    /// <summary>What shall come of it.</summary>
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TokenTypeCompleter))]
    public string? RequestedTokenType { get; set; }

    private TokenRequest WithTokenExchange(TokenRequest request) => WithClient(request) with
    {
        Grant = GrantNames.TokenExchange,
        Input = request.Input with
        {
            SubjectToken = TokenArgument.Read(SubjectToken).Value,
            SubjectTokenType = SubjectTokenType,
            ActorToken = ActorToken is null ? null : TokenArgument.Read(ActorToken).Value,
            ActorTokenType = ActorTokenType,
            RequestedTokenType = RequestedTokenType,
        },
    };
}
