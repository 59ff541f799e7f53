using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores;

/// <summary>
/// A lock that its store can look at in the same step as it writes: a holder that stood still for longer than its lease, and
/// does not know it yet, overwrites nothing.
/// </summary>
internal interface IFencedLock : IStoreLock
{
    /// <summary>As <see cref="ITokenStore.SetAsync"/>; false, and nothing written, where the lock is somebody else's or nobody's by now.</summary>
    ValueTask<bool> SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken);
}
