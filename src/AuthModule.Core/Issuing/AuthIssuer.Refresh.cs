using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Issuing;

namespace AuthModule;

/// <content>Renews: a refresh token works once, and using it again ends its whole family (RFC 9700, section 4.14.2).</content>
public sealed partial class AuthIssuer
{
    /// <param name="refreshToken">Used up by this call, unless it is refused before.</param>
    /// <param name="cancellationToken">Stops before the token is used up, not after.</param>
    /// <param name="scopes">Fewer than granted; null for all (RFC 6749, section 6).</param>
    /// <param name="clientId">Who asks; null where the issuer is used without clients.</param>
    /// <param name="audience">Of the access token, where it is to be good for fewer APIs than were granted (RFC 8707, section 2.2); null for all.</param>
    /// <exception cref="AuthException">TokenMalformed, TokenInactive, TokenReused, RefreshTokenExpired, TokenUseMismatch, ClientMismatch, InvalidScope.</exception>
    internal async Task<IssuedTokens> RefreshAsync(
        string? refreshToken,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? scopes = null,
        string? clientId = null,
        IReadOnlyList<string>? audience = null)
    {
        TokenStatus status = await FindAsync(refreshToken, cancellationToken).ConfigureAwait(false);
        if (status.Failure == AuthErrorId.TokenInactive)
        {
            await RefuseIfReusedAsync(TokenKey.Hash(refreshToken!), cancellationToken).ConfigureAwait(false);
        }

        status = CheckRefresh(status, scopes, clientId);
        if (!status.IsActive)
        {
            throw Refuse(status);
        }

        if (await rates.CheckClientAsync(status.Record!.ClientId, ClientRateLimit, RateWindow, cancellationToken).ConfigureAwait(false) is { } wait)
        {
            throw Refuse(TokenStatus.Refused(AuthErrorId.RateLimited, IssuerRates.Reason(status.Record.ClientId, ClientRateLimit, RateWindow), status.Record) with { RetryAfter = wait });
        }

        return await RotateAsync(TokenKey.Hash(refreshToken!), status.Record, scopes, audience).ConfigureAwait(false);
    }

    private static TokenStatus CheckRefresh(TokenStatus status, IReadOnlyList<string>? scopes, string? clientId)
    {
        if (!status.IsActive)
        {
            return status;
        }

        TokenRecord record = status.Record!;
        if (record.Type != TokenRecord.Refresh)
        {
            return TokenStatus.Refused(AuthErrorId.TokenUseMismatch, "it is an access token", record);
        }

        if (clientId is not null && record.ClientId != clientId)
        {
            return TokenStatus.Refused(AuthErrorId.ClientMismatch, "it was issued to another client", record);
        }

        return scopes is null || scopes.All(record.Scopes.Contains)
            ? status
            : TokenStatus.Refused(AuthErrorId.InvalidScope, "more scopes are asked for than were granted", record);
    }

    // The new pair is written first and the mark second, so that whoever finds the mark also finds what it leads to.
    // From here on nothing is canceled: a used-up token without its successor would end the session.
    private async Task<IssuedTokens> RotateAsync(string key, TokenRecord old, IReadOnlyList<string>? scopes, IReadOnlyList<string>? audience)
    {
        string[] before = old.AccessTokenHash is { } former ? [key, former] : [key];
        IssuedTokens tokens = await TrackAsync(
            old.Grant, usage => usage.Refreshed++, before, () => CreateAsync(old.Grant, scopes ?? old.Scopes, CancellationToken.None, audience), CancellationToken.None).ConfigureAwait(false);
        string successor = TokenKey.Hash(tokens.RefreshToken!.Reveal());

        bool first = await records.MarkSpentAsync(key, successor, old.ExpiresAt, CancellationToken.None).ConfigureAwait(false);
        bool won = first && await records.TakeAsync(key, CancellationToken.None).ConfigureAwait(false) is not null;
        if (!won)
        {
            await records.RemoveAsync(successor, CancellationToken.None).ConfigureAwait(false);
            await records.RemoveAsync(TokenKey.Hash(tokens.AccessToken.Reveal()), CancellationToken.None).ConfigureAwait(false);
            await ForgetAsync(successor, old with { AccessTokenHash = TokenKey.Hash(tokens.AccessToken.Reveal()) }).ConfigureAwait(false);

            // It was good when this call looked: two of one client at once, not somebody who kept an old one. The first keeps its pair.
            throw Refuse(first
                ? TokenStatus.Refused(AuthErrorId.TokenInactive, "it was revoked meanwhile", old)
                : TokenStatus.Refused(AuthErrorId.TokenReused, "another call used it at the same moment and has the new pair", old));
        }

        if (old.AccessTokenHash is { } accessKey)
        {
            await records.RemoveAsync(accessKey, CancellationToken.None).ConfigureAwait(false);
        }

        Report("Refresh", old.Grant);
        return tokens;
    }

    private async Task RefuseIfReusedAsync(string key, CancellationToken cancellationToken)
    {
        if (await records.FindSuccessorAsync(key, cancellationToken).ConfigureAwait(false) is not { } successor)
        {
            return;
        }

        TokenRecord? living = await RevokeFamilyAsync(successor).ConfigureAwait(false);
        throw Refuse(TokenStatus.Refused(AuthErrorId.TokenReused, "it was used before; every token that came from it is revoked", living));
    }

    /// <summary>Follows the marks from one refresh token to the one that still lives, and ends that.</summary>
    private async Task<TokenRecord?> RevokeFamilyAsync(string key)
    {
        for (string? next = key; next is not null; next = await records.FindSuccessorAsync(next, CancellationToken.None).ConfigureAwait(false))
        {
            if (await records.TakeAsync(next, CancellationToken.None).ConfigureAwait(false) is { } living)
            {
                await RemoveAccessAsync(living, CancellationToken.None).ConfigureAwait(false);
                await ForgetAsync(next, living).ConfigureAwait(false);
                Report("RevokeFamily", living.Grant);
                return living;
            }
        }

        return null;
    }

    private AuthException Refuse(TokenStatus status)
    {
        Report("Refresh", status.Record?.Grant, status.Failure);
        return AuthError.Create(
            status.Failure!,
            $"{Name} refused the refresh token: {status.Reason}.",
            new ErrorDetails { Service = Name, RetryAfter = status.RetryAfter });
    }
}
