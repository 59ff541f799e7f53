using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;

namespace AuthModule.TestServer.Grants;

/// <summary>A code that a person's browser brought (RFC 6749, section 4.1.3).</summary>
internal static class AuthorizationCodeHandler
{
    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        AuthorizationCode code = request.State.Codes.Redeem(request.Form, request.Client, request.ProofThumbprint);
        IReadOnlyList<string> resources = ResourceIndicators.Narrow(request.Form.All("resource"), code.Permission.Resources, request.State);
        request.IdTokenClaims["nonce"] = code.Nonce;
        request.IdTokenClaims["auth_time"] = code.SignedInOn?.ToUnixTimeSeconds();
        request.IdTokenClaims["acr"] = code.ContextClass;
        foreach (string name in code.Claims.IdToken)
        {
            // What it is worth is told where ID tokens are made.
            request.IdTokenClaims.TryAdd(name, null);
        }

        TokenGrant grant = request.GrantFor(code.Permission with { Resources = resources });
        var claims = new Dictionary<string, object?>(grant.Claims)
        {
            ["acr"] = code.ContextClass,
            ["auth_time"] = code.SignedInOn?.ToUnixTimeSeconds(),
        };
        if (code.Claims.UserInfo.Count > 0)
        {
            claims[ClaimsRequest.Name] = string.Join(' ', code.Claims.UserInfo);
        }

        return request.State.Issuer.IssueAsync(grant with { Claims = claims }, request.Canceled);
    }
}
