using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Secrets;

namespace AuthModule.Cli.Server;

/// <summary>Remembers which refresh token belongs to an access token, for services whose sign-out names only one of them.</summary>
internal sealed class TokenPairs(AuthIssuer issuer)
{
    private readonly ConcurrentDictionary<string, Secret> refreshTokens = new(StringComparer.Ordinal);

    public void Remember(IssuedTokens tokens, Secret? refreshToken = null)
    {
        if ((tokens.RefreshToken ?? refreshToken) is { } refresh)
        {
            refreshTokens[TokenKey.Hash(tokens.AccessToken.Reveal())] = refresh;
        }
    }

    /// <summary>Ends a token and its partner; false where neither was known.</summary>
    public async Task<bool> RevokeAsync(string? token, CancellationToken cancellationToken)
    {
        if (!TokenKey.TryHash(token, out string key))
        {
            return false;
        }

        bool partner = refreshTokens.TryRemove(key, out Secret? refresh)
            && await issuer.RevokeAsync(refresh.Reveal(), cancellationToken);
        return await issuer.RevokeAsync(token, cancellationToken) || partner;
    }
}
