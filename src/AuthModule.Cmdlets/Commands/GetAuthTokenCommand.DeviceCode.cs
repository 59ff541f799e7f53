using System.Management.Automation;
using AuthModule.Errors;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A person signs in with the browser of another device (RFC 8628).</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string DeviceCodeSet = "DeviceCode";

    /// <summary>Shows an address and a code to enter there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    public SwitchParameter DeviceCode { get; set; }

    private TokenRequest WithDeviceCode(TokenRequest request) => WithClient(request) with
    {
        Grant = Chosen(DeviceCode, nameof(DeviceCode), GrantNames.DeviceCode),
    };

    // A switch that is given as $false chose the parameter set all the same.
    private static string Chosen(SwitchParameter choice, string name, string grant) => choice
        ? grant
        : throw AuthError.Create(AuthErrorId.InvalidRequest, $"-{name}:$false says how not to sign in.", "Leave it out and say how to sign in.");
}
