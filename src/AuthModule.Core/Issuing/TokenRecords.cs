using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Issuing;

/// <summary>The issuer's records in a store, each with the lifetime after which the store may drop it.</summary>
internal sealed class TokenRecords(StoreGuard store, TimeProvider clock)
{
    // So long an expired token is still told apart from one that was never issued.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    public async ValueTask<TokenRecord?> FindAsync(string key, CancellationToken cancellationToken) =>
        Read(await store.GetAsync(key, cancellationToken).ConfigureAwait(false));

    public ValueTask SaveAsync(string key, TokenRecord record, CancellationToken cancellationToken) =>
        store.SetAsync(key, TokenRecordJson.Write(record), Left(record.ExpiresAt) + Remembered, cancellationToken);

    /// <summary>Of many callers at once exactly one gets the record.</summary>
    public async ValueTask<TokenRecord?> TakeAsync(string key, CancellationToken cancellationToken) =>
        Read(await store.TakeAsync(key, cancellationToken).ConfigureAwait(false));

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        store.RemoveAsync(key, cancellationToken);

    /// <summary>Marks a refresh token as used up and names its successor; false where it was marked before.</summary>
    public ValueTask<bool> MarkSpentAsync(string key, string successor, DateTimeOffset until, CancellationToken cancellationToken) =>
        store.AddAsync(SpentKey(key), Encoding.ASCII.GetBytes(successor), Left(until) + Remembered, cancellationToken);

    /// <summary>The key of the token that came after a used-up one; null where it was not used up.</summary>
    public async ValueTask<string?> FindSuccessorAsync(string key, CancellationToken cancellationToken) =>
        await store.GetAsync(SpentKey(key), cancellationToken).ConfigureAwait(false) is { } successor
            ? Encoding.ASCII.GetString(successor)
            : null;

    private static string SpentKey(string key) => "spent-" + key;

    private TimeSpan Left(DateTimeOffset until)
    {
        TimeSpan left = until - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TokenRecord? Read(byte[]? value) => value is null ? null : TokenRecordJson.Read(value, store.Name);
}
