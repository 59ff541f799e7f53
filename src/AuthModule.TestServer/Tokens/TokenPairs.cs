using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Secrets;

namespace AuthModule.TestServer.Tokens;

/// <summary>Remembers which refresh token belongs to an access token, for services whose sign-out names only one of them.</summary>
internal sealed class TokenPairs(AuthIssuer issuer)
{
    private const int FirstSweep = 256;

    private readonly ConcurrentDictionary<string, Partner> partners = new(StringComparer.Ordinal);
    private int sweepAt = FirstSweep;

    public void Remember(IssuedTokens tokens, Secret? refreshToken = null)
    {
        if ((tokens.RefreshToken ?? refreshToken) is not { } refresh)
        {
            return;
        }

        partners[TokenKey.Hash(tokens.AccessToken.Reveal())] = new Partner(refresh, tokens.ExpiresOn);
        if (partners.Count >= sweepAt)
        {
            Sweep(tokens.IssuedOn);
        }
    }

    /// <summary>Ends a token and its partner; false where neither was known.</summary>
    public async Task<bool> RevokeAsync(string? token, CancellationToken cancellationToken)
    {
        if (!TokenKey.TryHash(token, out string key))
        {
            return false;
        }

        bool both = partners.TryRemove(key, out Partner? partner)
            && await issuer.RevokeAsync(partner.RefreshToken.Reveal(), cancellationToken);
        return await issuer.RevokeAsync(token, cancellationToken) || both;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (KeyValuePair<string, Partner> pair in partners)
        {
            if (pair.Value.Until <= now)
            {
                partners.TryRemove(pair);
            }
        }

        sweepAt = Math.Max(FirstSweep, partners.Count * 2);
    }

    private sealed record Partner(Secret RefreshToken, DateTimeOffset Until);
}
