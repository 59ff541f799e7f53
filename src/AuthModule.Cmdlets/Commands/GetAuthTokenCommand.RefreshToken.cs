using System.Management.Automation;
using System.Security;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>A refresh token that the user holds (RFC 6749, section 6).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string RefreshTokenSet = "RefreshToken";

    /// <summary>The refresh token; the session keeps its successors.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RefreshTokenSet)]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    private TokenRequest WithRefreshToken(TokenRequest request) => WithClient(request) with
    {
        Grant = "refresh_token",
        Input = request.Input with { RefreshToken = Secret.From(RefreshToken) },
    };
}
