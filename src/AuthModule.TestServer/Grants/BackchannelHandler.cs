using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;

namespace AuthModule.TestServer.Grants;

/// <summary>A client that waits until a person has answered on their own device (OpenID Connect CIBA Core, section 10.1).</summary>
internal static class BackchannelHandler
{
    public const string Name = "urn:openid:params:grant-type:ciba";

    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        string id = request.Form.Require("auth_req_id");
        Permission permission = request.State.Pending.Redeem(id, request.Client);
        request.IdTokenClaims["urn:openid:params:jwt:claim:auth_req_id"] = id;
        return request.State.Issuer.IssueAsync(request.GrantFor(permission), request.Canceled);
    }
}
