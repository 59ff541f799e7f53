using System;
using System.Management.Automation;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Commands;

/// <summary>The second half of a code flow that somebody else's browser did; New-AuthAuthorizationRequest is the first.</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string AuthorizationCodeSet = "AuthorizationCode";

    /// <summary>The first half.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AuthorizationCodeSet)]
    [ValidateNotNull]
    public AuthorizationRequest? AuthorizationRequest { get; set; }

    /// <summary>The address that the browser was sent to, whole. It holds the code, which works once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AuthorizationCodeSet)]
    [ValidateNotNull]
    public Uri? CallbackUri { get; set; }

    private TokenRequest WithAuthorizationCode(TokenRequest request)
    {
        if (Authority is not null || Provider is not null || Profile is not null || ClientId is not null)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidRequest,
                "-AuthorizationRequest names the service and client already.",
                "Leave out -Authority, -Provider, -Profile and -ClientId.");
        }

        return WithClient(request) with
        {
            Input = request.Input with { AuthorizationRequest = AuthorizationRequest, CallbackUri = Secret.From(CallbackUri!.OriginalString) },
        };
    }
}
