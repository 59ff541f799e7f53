using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Encryption;

/// <summary>
/// The lock of a store under the seal. It is on the name that the entry has under one salt: under another one it is nobody's.
/// </summary>
/// <param name="inner">The store's own.</param>
/// <param name="isSame">Whether the store is still sealed as it was when the lock was taken.</param>
internal class EncryptedLock(IStoreLock inner, Func<CancellationToken, ValueTask<bool>> isSame) : IStoreLock
{
    public async ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) =>
        await inner.IsHeldAsync(cancellationToken).ConfigureAwait(false) && await isSame(cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return inner.DisposeAsync();
    }
}
