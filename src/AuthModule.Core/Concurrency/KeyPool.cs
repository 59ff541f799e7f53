using System;
using System.Collections.Concurrent;
using System.Threading;

namespace AuthModule.Concurrency;

/// <summary>Platform keys are slow to make and not promised to be safe from many threads: each is used by one at a time and then kept.</summary>
internal sealed class KeyPool<TKey>(Func<TKey> create)
    where TKey : class
{
    private readonly ConcurrentBag<TKey> others = [];
    private TKey? spare;

    public TKey Take() => Interlocked.Exchange(ref spare, null) ?? (others.TryTake(out TKey? kept) ? kept : create());

    public void GiveBack(TKey key)
    {
        if (Interlocked.CompareExchange(ref spare, key, null) is not null)
        {
            others.Add(key);
        }
    }
}
