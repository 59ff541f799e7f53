using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule;

/// <summary>
/// Where sessions and locally issued tokens are kept. Keys are opaque names made by the module (never a token), values are
/// bytes. Implement it to bring a store of your own. Every member must be safe to call from many threads at once.
/// </summary>
/// <remarks>
/// A store that cannot do its work throws <see cref="AuthServiceException"/> with <see cref="AuthErrorId.StoreUnavailable"/>
/// or <see cref="AuthErrorId.StoreCorrupt"/>; other exceptions are reported as <see cref="AuthErrorId.StoreUnavailable"/>.
/// </remarks>
public interface ITokenStore
{
    /// <summary>The store as a user names it: <c>memory</c>, <c>file:PATH</c>, <c>redis://HOST:PORT/DB</c>. Holds no secret.</summary>
    string Name { get; }

    /// <summary>The value of a key, or null where there is none or it has run out.</summary>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a value, replacing another. A null <paramref name="lifetime"/> keeps it until it is removed.</summary>
    ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken);

    /// <summary>Writes a value only where the key has none; false where it had one. Atomic.</summary>
    ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken);

    /// <summary>Reads and removes in one step: of many callers at once exactly one gets the value, the others null.</summary>
    ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes a key; false where it was not there.</summary>
    ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for the sole right to renew what a key holds, across everything that shares the store. The right ends with
    /// the returned object or with the process that held it. A store that cannot see a process end gives the right up a
    /// <paramref name="lease"/> after it last heard of the holder; one that is only slow keeps it.
    /// </summary>
    ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken);
}

/// <summary>The sole right to renew one key of a store, until disposed of.</summary>
public interface IStoreLock : IAsyncDisposable
{
    /// <summary>False once the lease has run out or the lock was lost: what was computed under it must not be saved any more.</summary>
    ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken);
}
