using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Encryption;

/// <summary>The lock of a store under the seal: what is written by it is sealed as everything else.</summary>
internal sealed class EncryptedLock(IFencedLock inner, EntryCipher cipher) : IFencedLock
{
    public ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => inner.IsHeldAsync(cancellationToken);

    public ValueTask<bool> SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        string hidden = cipher.NameOf(key);
        return inner.SetAsync(hidden, cipher.Encrypt(hidden, value), lifetime, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
