using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// The store <c>memory</c>: runspaces of this process that hold the same credential share a token. Entries end with their
/// tokens; what is past its use is swept as the store grows.
/// </summary>
internal sealed class ProcessSessionStore(int mostEntries = ProcessSessionStore.MostEntries) : ISessionStore
{
    public const int MostEntries = 200_000;

    private const int FirstSweep = 256;

    private readonly ConcurrentDictionary<SessionKey, TokenSet> entries = new();
    private readonly KeyedLocks locks = new();
    private int sweepAt = Math.Min(FirstSweep, mostEntries);

    public string Name => StoreCatalog.Memory;

    public bool IsShared => false;

    public int Count => entries.Count;

    public void Clear() => entries.Clear();

    public ValueTask<TokenSet?> ReadAsync(SessionKey key, CancellationToken cancellationToken) =>
        new(entries.TryGetValue(key, out TokenSet? tokens) ? tokens : null);

    public ValueTask WriteAsync(SessionKey key, TokenSet tokens, CancellationToken cancellationToken)
    {
        entries[key] = tokens;
        if (entries.Count >= Volatile.Read(ref sweepAt))
        {
            Sweep();
        }

        return default;
    }

    public ValueTask RemoveAsync(SessionKey key, CancellationToken cancellationToken)
    {
        entries.TryRemove(key, out _);
        return default;
    }

    // A renewal outlives the callers who left it, so that being the only flight is not enough.
    public ValueTask<IStoreLock> LockAsync(SessionKey key, CancellationToken cancellationToken) => locks.AcquireAsync(key.Name, cancellationToken);

    private void Sweep()
    {
        foreach (KeyValuePair<SessionKey, TokenSet> entry in entries)
        {
            if (!Freshness.IsUsable(entry.Value))
            {
                ((ICollection<KeyValuePair<SessionKey, TokenSet>>)entries).Remove(entry);
            }
        }

        // Sessions keep their own tokens: who finds nothing here any more gets a new one when theirs has ended.
        if (entries.Count >= mostEntries)
        {
            foreach (KeyValuePair<SessionKey, TokenSet> entry in entries.ToArray().OrderBy(static entry => entry.Value.Remaining).Take(Math.Max(1, mostEntries / 4)))
            {
                ((ICollection<KeyValuePair<SessionKey, TokenSet>>)entries).Remove(entry);
            }
        }

        Volatile.Write(ref sweepAt, Math.Min(mostEntries, Math.Max(FirstSweep, entries.Count * 2)));
    }
}
