using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores;

/// <summary>One lock per key in this process. A key that nobody holds or waits for takes no room.</summary>
internal sealed class KeyedLocks
{
    private readonly Dictionary<string, KeyLock> locks = new(StringComparer.Ordinal);

    /// <summary>Keys that are held or waited for.</summary>
    public int Count
    {
        get
        {
            lock (locks)
            {
                return locks.Count;
            }
        }
    }

    public async ValueTask<IStoreLock> AcquireAsync(string key, CancellationToken cancellationToken)
    {
        KeyLock mine;
        lock (locks)
        {
            if (!locks.TryGetValue(key, out KeyLock? known))
            {
                known = new KeyLock();
                locks.Add(key, known);
            }

            mine = known;
            mine.Users++;
        }

        try
        {
            await mine.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new HeldLock(this, key, mine);
        }
        catch
        {
            Leave(key, mine);
            throw;
        }
    }

    private void Leave(string key, KeyLock used)
    {
        lock (locks)
        {
            if (--used.Users == 0)
            {
                locks.Remove(key);
            }
        }
    }

    private sealed class KeyLock
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class HeldLock(KeyedLocks owner, string key, KeyLock held) : IStoreLock
    {
        private int released;

        public ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => new(Volatile.Read(ref released) == 0);

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
            {
                held.Gate.Release();
                owner.Leave(key, held);
            }

            return default;
        }
    }
}
