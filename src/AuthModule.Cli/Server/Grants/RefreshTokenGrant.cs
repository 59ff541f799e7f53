using System.Threading.Tasks;
using AuthModule.Issuing;

namespace AuthModule.Cli.Server.Grants;

/// <summary>A refresh token, which works once (RFC 6749, section 6).</summary>
internal static class RefreshTokenGrant
{
    public static async Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        try
        {
            return await request.State.Issuer.RefreshAsync(
                request.Form.Require("refresh_token"),
                request.Canceled,
                request.Form.Scopes,
                request.Client.Id);
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
