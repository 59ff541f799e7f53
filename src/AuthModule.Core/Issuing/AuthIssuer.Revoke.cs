using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;

namespace AuthModule;

/// <content>Revokes.</content>
public sealed partial class AuthIssuer
{
    /// <summary>Ends a token; a refresh token takes its access token along. False where it was not known any more, which is no error (RFC 7009, section 2.2).</summary>
    internal async Task<bool> RevokeAsync(string? token, CancellationToken cancellationToken)
    {
        TokenRecord? record = TokenKey.TryHash(token, out string key)
            ? await records.TakeAsync(key, cancellationToken).ConfigureAwait(false)
            : null;
        if (record is not null)
        {
            await RemoveAccessAsync(record, CancellationToken.None).ConfigureAwait(false);
            await ForgetAsync(key, record).ConfigureAwait(false);
        }

        Report("Revoke", record?.Grant, record is null ? AuthErrorId.TokenInactive : null);
        return record is not null;
    }

    private async Task RemoveAccessAsync(TokenRecord record, CancellationToken cancellationToken)
    {
        if (record.AccessTokenHash is { } accessKey)
        {
            await records.RemoveAsync(accessKey, cancellationToken).ConfigureAwait(false);
        }
    }
}
