using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;

namespace AuthModule;

/// <content>Looks tokens up.</content>
public sealed partial class AuthIssuer
{
    /// <summary>Checks an access token, and that it has all or any of the scopes that are required.</summary>
    internal async Task<TokenStatus> ValidateAsync(
        string? token,
        CancellationToken cancellationToken,
        IReadOnlyCollection<string>? requiredScopes = null,
        bool anyScope = false)
    {
        TokenStatus status = await FindAsync(token, cancellationToken).ConfigureAwait(false);
        if (status.IsActive && status.Record!.Type != TokenRecord.Access)
        {
            status = TokenStatus.Refused(AuthErrorId.TokenUseMismatch, "it is a refresh token", status.Record);
        }

        if (status.IsActive && !HasScopes(status.Record!.Scopes, requiredScopes, anyScope))
        {
            string wanted = string.Join(anyScope ? " or " : " and ", requiredScopes!);
            status = TokenStatus.Refused(AuthErrorId.InsufficientScope, $"it lacks {wanted}", status.Record);
        }

        if (status.IsActive)
        {
            status = await CheckRatesAsync(token!, status, cancellationToken).ConfigureAwait(false);
        }

        await CountAsync(status, cancellationToken).ConfigureAwait(false);
        Report("Validate", status.Record?.Grant, status.Failure);
        return status;
    }

    /// <summary>Looks up a token of either kind. One that has run out is removed.</summary>
    internal async Task<TokenStatus> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (!TokenKey.TryHash(token, out string key))
        {
            return TokenStatus.Refused(AuthErrorId.TokenMalformed, "it is empty or too long");
        }

        TokenRecord? record = await records.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (record is null)
        {
            return TokenStatus.Refused(AuthErrorId.TokenInactive, "it was revoked, has run out or was never issued");
        }

        if (record.ExpiresAt > clock.GetUtcNow())
        {
            return TokenStatus.Active(record);
        }

        await records.RemoveAsync(key, cancellationToken).ConfigureAwait(false);
        string failure = record.Type == TokenRecord.Refresh ? AuthErrorId.RefreshTokenExpired : AuthErrorId.TokenExpired;
        return TokenStatus.Refused(failure, "it has run out", record);
    }

    private static bool HasScopes(IReadOnlyList<string> granted, IReadOnlyCollection<string>? required, bool any)
    {
        if (required is null || required.Count == 0)
        {
            return true;
        }

        return any ? required.Any(granted.Contains) : required.All(granted.Contains);
    }
}
