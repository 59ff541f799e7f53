using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores.Sealing;

/// <summary>As <see cref="SealedLock"/>; what is written by it is sealed as everything else.</summary>
internal sealed class SealedFencedLock(IFencedLock inner, Sealer sealer, Func<CancellationToken, ValueTask<bool>> isSame)
    : SealedLock(inner, isSame), IFencedLock
{
    private readonly IFencedLock inner = inner;
    private readonly Func<CancellationToken, ValueTask<bool>> isSame = isSame;

    public async ValueTask<bool> SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        if (!await isSame(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        string hidden = sealer.NameOf(key);
        return await inner.SetAsync(hidden, sealer.Seal(hidden, value), lifetime, cancellationToken).ConfigureAwait(false);
    }
}
