using System.Threading.Tasks;
using AuthModule.Issuing;

namespace AuthModule.Cli.Server.Grants;

/// <summary>A device that waits for its person (RFC 8628, section 3.4).</summary>
internal static class DeviceCodeGrant
{
    public const string Name = "urn:ietf:params:oauth:grant-type:device_code";

    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        Permission permission = request.State.Pending.Redeem(request.Form.Require("device_code"), request.Client);
        return request.State.Issuer.IssueAsync(request.GrantFor(permission), request.Canceled);
    }
}
