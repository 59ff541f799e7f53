using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;

namespace AuthModule.TestServer.Grants;

/// <summary>A device that waits for its person (RFC 8628, section 3.4).</summary>
internal static class DeviceCodeHandler
{
    public const string Name = "urn:ietf:params:oauth:grant-type:device_code";

    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        Permission permission = request.State.Pending.Redeem(request.Form.Require("device_code"), request.Client);
        return request.State.Issuer.IssueAsync(request.GrantFor(permission), request.Canceled);
    }
}
