using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Encryption;

/// <summary>As <see cref="EncryptedLock"/>; what is written by it is sealed as everything else.</summary>
internal sealed class SealedFencedLock(IFencedLock inner, EntryCipher cipher, Func<CancellationToken, ValueTask<bool>> isSame)
    : EncryptedLock(inner, isSame), IFencedLock
{
    private readonly IFencedLock inner = inner;
    private readonly Func<CancellationToken, ValueTask<bool>> isSame = isSame;

    public async ValueTask<bool> SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        if (!await isSame(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        string hidden = cipher.NameOf(key);
        return await inner.SetAsync(hidden, cipher.Encrypt(hidden, value), lifetime, cancellationToken).ConfigureAwait(false);
    }
}
