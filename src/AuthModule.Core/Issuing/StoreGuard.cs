using System;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Stores;

namespace AuthModule.Issuing;

/// <summary>A store that may be the user's own: whatever it throws comes out as one of this module's errors.</summary>
internal sealed class StoreGuard(ITokenStore store)
{
    private static readonly TimeSpan CountLease = TimeSpan.FromSeconds(10);

    public string Name => store.Name;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(() => store.GetAsync(key, cancellationToken));

    public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(() => store.TakeAsync(key, cancellationToken));

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(() => store.RemoveAsync(key, cancellationToken));

    public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        RunAsync(() => store.AddAsync(key, value, lifetime, cancellationToken));

    public async ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        await RunAsync(async () =>
        {
            await store.SetAsync(key, value, lifetime, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) =>
        RunAsync(() => store.LockAsync(key, lease, cancellationToken));

    /// <summary>In one step where the store can, else under its lock.</summary>
    public ValueTask<long> IncrementAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        if (store is ICountingStore counting)
        {
            return await counting.IncrementAsync(key, lifetime, cancellationToken).ConfigureAwait(false);
        }

        IStoreLock held = await store.LockAsync(key, CountLease, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            byte[]? known = await store.GetAsync(key, cancellationToken).ConfigureAwait(false);
            long next = known is null ? 1 : long.Parse(Encoding.ASCII.GetString(known), CultureInfo.InvariantCulture) + 1;
            await store.SetAsync(key, Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture)), lifetime, cancellationToken).ConfigureAwait(false);
            return next;
        }
    });

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not (AuthException or OperationCanceledException))
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                $"The store '{store.Name}' failed: {fault.GetType().Name}.",
                new ErrorDetails { Service = store.Name, Cause = fault });
        }
    }
}
