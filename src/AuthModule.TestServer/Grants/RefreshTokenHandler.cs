using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;

namespace AuthModule.TestServer.Grants;

/// <summary>A refresh token, which works once (RFC 6749, section 6).</summary>
internal static class RefreshTokenHandler
{
    public static async Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        string token = request.Form.Require("refresh_token");
        TokenStatus known = await request.State.Issuer.FindAsync(token, request.Canceled);
        if (known.Record is { } record && TokenBinding.Of(record.Grant.Claims) is { } bound && bound != request.ProofThumbprint)
        {
            throw OAuthRefusal.InvalidGrant("the refresh token is bound to a key that has not proved itself");
        }

        IReadOnlyList<string> resources = request.Form.All("resource");
        if (known.Record is { } former)
        {
            resources = ResourceIndicators.Narrow(resources, former.Grant.Audience, request.State);
        }

        try
        {
            return await request.State.Issuer.RefreshAsync(
                token,
                request.Canceled,
                request.Form.Scopes,
                request.Client.Id,
                resources.Count > 0 ? resources : null);
        }
        catch (AuthException refused) when (refused.Code == AuthErrorId.InvalidScope)
        {
            throw OAuthRefusal.InvalidScope("more scopes are asked for than were granted");
        }
        catch (AuthException refused) when (refused is TokenValidationException or TokenExpiredException)
        {
            throw OAuthRefusal.InvalidGrant(refused.Code == AuthErrorId.RefreshTokenExpired ? "Token is not active" : "Invalid refresh token");
        }
    }
}
