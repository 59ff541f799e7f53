using System.Management.Automation;
using System.Security;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>An API key in place of a token; it goes out in the provider's own header.</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string ApiKeySet = "ApiKey";

    /// <summary>The key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ApiKeySet)]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    private TokenRequest WithApiKey(TokenRequest request) => request with
    {
        Grant = "api_key",
        Input = request.Input with { ApiKey = Secret.From(ApiKey) },
    };
}
