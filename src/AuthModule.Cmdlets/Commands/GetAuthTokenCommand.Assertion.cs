using System.Management.Automation;
using System.Security;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>An assertion that another party signed (RFC 7523, section 2.1).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string AssertionSet = "Assertion";

    /// <summary>The signed JWT.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AssertionSet)]
    [ValidateNotNull]
    public SecureString? Assertion { get; set; }

    private TokenRequest WithAssertion(TokenRequest request) => WithClient(request) with
    {
        Grant = GrantNames.JwtBearer,
        Input = request.Input with { Assertion = Secret.From(Assertion) },
    };
}
