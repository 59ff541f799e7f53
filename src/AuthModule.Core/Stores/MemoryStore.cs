using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores;

/// <summary>Keeps values in this process, as copies. What has run out is dropped when read, and swept when the store has grown.</summary>
internal sealed class MemoryStore(TimeProvider clock) : ITokenStore, ICountingStore
{
    private const int FirstSweep = 256;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly KeyedLocks locks = new();
    private int sweepAt = FirstSweep;

    public string Name => "memory";

    /// <summary>Live and not yet swept entries.</summary>
    public int Count => entries.Count;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(key, out Entry? entry))
        {
            return default;
        }

        if (IsOver(entry))
        {
            Drop(key, entry);
            return default;
        }

        return new ValueTask<byte[]?>(Copy(entry.Value));
    }

    public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        entries[key] = NewEntry(value, lifetime);
        SweepWhenGrown();
        return default;
    }

    public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        Entry mine = NewEntry(value, lifetime);
        while (!entries.TryAdd(key, mine))
        {
            if (entries.TryGetValue(key, out Entry? other))
            {
                if (!IsOver(other))
                {
                    return new ValueTask<bool>(false);
                }

                Drop(key, other);
            }
        }

        SweepWhenGrown();
        return new ValueTask<bool>(true);
    }

    public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) =>
        entries.TryRemove(key, out Entry? entry) && !IsOver(entry)
            ? new ValueTask<byte[]?>(entry.Value)
            : default;

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        new(entries.TryRemove(key, out Entry? entry) && !IsOver(entry));

    public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) => locks.AcquireAsync(key, cancellationToken);

    public ValueTask<long> IncrementAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!entries.TryGetValue(key, out Entry? entry))
            {
                if (entries.TryAdd(key, NewEntry(Count(1), lifetime)))
                {
                    SweepWhenGrown();
                    return new ValueTask<long>(1);
                }
            }
            else if (IsOver(entry))
            {
                Drop(key, entry);
            }
            else
            {
                long next = long.Parse(Encoding.ASCII.GetString(entry.Value), CultureInfo.InvariantCulture) + 1;
                if (entries.TryUpdate(key, new Entry(Count(next), entry.WrittenAt, entry.Lifetime), entry))
                {
                    return new ValueTask<long>(next);
                }
            }
        }

        static byte[] Count(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
    }

    public void Clear() => entries.Clear();

    private static byte[] Copy(byte[] value) => (byte[])value.Clone();

    private Entry NewEntry(byte[] value, TimeSpan? lifetime) =>
        new(Copy(value), clock.GetTimestamp(), lifetime);

    private bool IsOver(Entry entry) =>
        entry.Lifetime is { } lifetime && clock.GetElapsedTime(entry.WrittenAt) >= lifetime;

    private void Drop(string key, Entry entry) =>
        ((ICollection<KeyValuePair<string, Entry>>)entries).Remove(new KeyValuePair<string, Entry>(key, entry));

    // Sweeping at each doubling keeps the cost per write constant and the dead entries fewer than the live ones.
    private void SweepWhenGrown()
    {
        int limit = Volatile.Read(ref sweepAt);
        if (entries.Count < limit || Interlocked.CompareExchange(ref sweepAt, int.MaxValue, limit) != limit)
        {
            return;
        }

        foreach (KeyValuePair<string, Entry> pair in entries)
        {
            if (IsOver(pair.Value))
            {
                Drop(pair.Key, pair.Value);
            }
        }

        Volatile.Write(ref sweepAt, Math.Max(FirstSweep, entries.Count * 2));
    }

    private sealed class Entry(byte[] value, long writtenAt, TimeSpan? lifetime)
    {
        public byte[] Value { get; } = value;

        public long WrittenAt { get; } = writtenAt;

        public TimeSpan? Lifetime { get; } = lifetime;
    }
}
