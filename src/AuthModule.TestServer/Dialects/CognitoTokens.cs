using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Dialects;

/// <summary>Tokens as a user pool signs them: access tokens name the client and no audience, ID tokens the audience.</summary>
internal sealed class CognitoTokens(ServerState state)
{
    /// <summary>Also where the keys are, with <c>/.well-known/jwks.json</c> behind it.</summary>
    public string Issuer => $"{state.Origin}/{state.Options.Dialects.CognitoPool}";

    public TokenGrant AsAccess(TokenGrant grant, IReadOnlyList<string>? groups = null) => grant with
    {
        Issuer = Issuer,
        Audience = [],
        JwtType = "JWT",
        Format = TokenFormat.Jwt,
        Claims = new Dictionary<string, object?>
        {
            ["token_use"] = "access",
            ["version"] = 2,
            ["username"] = grant.Subject == grant.ClientId ? null : grant.Subject,
            ["cognito:groups"] = groups is { Count: > 0 } ? groups : null,
        },
    };

    /// <summary>An access token of a person, with groups.</summary>
    public async Task<string> AccessTokenAsync(string clientId, ServerUser user, CancellationToken cancellationToken)
    {
        var grant = new TokenGrant { Subject = user.Name, ClientId = clientId, Scopes = user.Scopes, WithRefreshToken = false };
        return (await state.Issuer.IssueAsync(AsAccess(grant, user.Groups), cancellationToken)).AccessToken.Reveal();
    }

    public string IdToken(string clientId, ServerUser user, string? nonce = null) => state.Keys.Sign(
        new Dictionary<string, object?>
        {
            ["iss"] = Issuer,
            ["sub"] = user.Name,
            ["aud"] = clientId,
            ["token_use"] = "id",
            ["cognito:username"] = user.Name,
            ["cognito:groups"] = user.Groups,
            ["email"] = user.Email,
            ["nonce"] = nonce,
            ["auth_time"] = state.Now.ToUnixTimeSeconds(),
            ["iat"] = state.Now.ToUnixTimeSeconds(),
            ["exp"] = (state.Now + state.Options.TokenLifetime).ToUnixTimeSeconds(),
        },
        algorithm: IssuerKeys.DefaultAlgorithm);
}
