using System.Management.Automation;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A token of your own issuer (New-AuthIssuer); nothing is sent.</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string IssuerSet = "Issuer";

    /// <summary>The issuer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IssuerSet)]
    [ValidateNotNull]
    public AuthIssuer? Issuer { get; set; }

    /// <summary>For whom the token is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IssuerSet)]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    private TokenRequest WithIssuer(TokenRequest request) => request with
    {
        Grant = "issuer",
        Input = request.Input with { Issuer = Issuer, Subject = Subject },
    };
}
