using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Issuing;

/// <summary>A store that may be the user's own: whatever it throws comes out as one of this module's errors.</summary>
internal sealed class StoreGuard(ITokenStore store)
{
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
