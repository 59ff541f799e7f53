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
internal sealed class ProcessSessionStore(int maxEntries = ProcessSessionStore.MaxEntries) : ISessionStore
{
    public const int MaxEntries = 200_000;

    private const int FirstSweep = 256;

    private readonly ConcurrentDictionary<SessionKey, Entry> entries = new();
    private readonly KeyedLocks locks = new();
    private int sweepAt = Math.Min(FirstSweep, maxEntries);

    public string Name => StoreCatalog.Memory;

    public string Identity => StoreCatalog.Memory;

    public bool IsShared => false;

    public int Count => entries.Count;

    public void Clear() => entries.Clear();

    public ISessionStore For(AuthSession session) => this;

    public ValueTask<TokenSet?> ReadAsync(AuthSession session, CancellationToken cancellationToken) =>
        new(entries.TryGetValue(session.Key, out Entry? entry) && session.Order < entry.HiddenFrom ? entry.Tokens : null);

    public ValueTask<bool> WriteAsync(SessionKey key, TokenSet tokens, IStoreLock held, CancellationToken cancellationToken)
    {
        entries.AddOrUpdate(key, _ => new Entry(tokens, Holders: 0), (_, known) => known with { Tokens = tokens, HiddenFrom = long.MaxValue });
        if (entries.Count >= Volatile.Read(ref sweepAt))
        {
            Sweep();
        }

        return new(true);
    }

    public void Hold(AuthSession session)
    {
        while (entries.TryGetValue(session.Key, out Entry? entry) && !entries.TryUpdate(session.Key, entry with { Holders = entry.Holders + 1 }, entry))
        {
            // Somebody else was faster.
        }
    }

    public ValueTask RemoveAsync(SessionKey key, CancellationToken cancellationToken)
    {
        entries.TryRemove(key, out _);
        return default;
    }

    // Others may work with the same refresh token: without the entry they would go on with an old copy of it, and a service
    // whose refresh tokens work once would take that for a theft. Sessions that are opened from now on do not find it.
    public ValueTask ForgetAsync(AuthSession session, CancellationToken cancellationToken)
    {
        while (entries.TryGetValue(session.Key, out Entry? entry))
        {
            int others = entry.Holders - (session.IsHolder ? 1 : 0);
            if (others > 0 && entry.Tokens.RefreshToken is not null
                ? entries.TryUpdate(session.Key, entry with { Holders = others, HiddenFrom = AuthSession.NextOrder() }, entry)
                : ((ICollection<KeyValuePair<SessionKey, Entry>>)entries).Remove(new(session.Key, entry)))
            {
                break;
            }
        }

        return default;
    }

    // A renewal outlives the callers who left it, so that being the only flight is not enough.
    public ValueTask<IStoreLock> LockAsync(SessionKey key, CancellationToken cancellationToken) => locks.AcquireAsync(key.Name, cancellationToken);

    private void Sweep()
    {
        foreach (KeyValuePair<SessionKey, Entry> entry in entries)
        {
            // A refresh token outlives its access token, and sessions that share it find the newest one only here.
            if (!Freshness.IsUsable(entry.Value.Tokens) && (entry.Value.Tokens.RefreshToken is null || entry.Value.Holders < 2))
            {
                ((ICollection<KeyValuePair<SessionKey, Entry>>)entries).Remove(entry);
            }
        }

        // Sessions keep their own tokens: who finds nothing here any more gets a new one when theirs has ended.
        if (entries.Count >= maxEntries)
        {
            foreach (KeyValuePair<SessionKey, Entry> entry in entries.ToArray().OrderBy(static entry => entry.Value.Tokens.Remaining).Take(Math.Max(1, maxEntries / 4)))
            {
                ((ICollection<KeyValuePair<SessionKey, Entry>>)entries).Remove(entry);
            }
        }

        Volatile.Write(ref sweepAt, Math.Min(maxEntries, Math.Max(FirstSweep, entries.Count * 2)));
    }

    /// <param name="Tokens">The newest ones.</param>
    /// <param name="Holders">Sessions that have taken tokens over from here.</param>
    private sealed record Entry(TokenSet Tokens, int Holders)
    {
        /// <summary>Sessions that were opened from this moment on (<see cref="AuthSession.Order"/>) do not see it.</summary>
        public long HiddenFrom { get; init; } = long.MaxValue;
    }
}
