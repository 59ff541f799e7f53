using System;
using System.Collections.Concurrent;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// The newest entry of each session that this process has read or written: an older one in the store was put back by somebody,
/// or the store has lost what was written later. Revisions grow with the time, so that what is written after a loss is newer too.
/// </summary>
internal sealed class NewestSeen
{
    public const int MaxSessions = 10_000;

    private readonly ConcurrentDictionary<string, Seen> newest = new(StringComparer.Ordinal);

    public int Count => newest.Count;

    /// <summary>0 where none was seen.</summary>
    public long RevisionOf(SessionKey key) => newest.TryGetValue(key.Name, out Seen? seen) ? seen.Revision : 0;

    /// <summary>Null where it was taken out, or none was seen.</summary>
    public TokenSet? TokensOf(SessionKey key) => newest.TryGetValue(key.Name, out Seen? seen) ? seen.Tokens : null;

    /// <summary>The revision of what is written next.</summary>
    public long Next(SessionKey key, DateTimeOffset now) => Math.Max(RevisionOf(key) + 1, now.ToUnixTimeMilliseconds());

    public void Keep(SessionKey key, long revision, TokenSet tokens) => Set(key, new Seen(revision, tokens));

    /// <summary>Taken out on purpose: what was there must not come back.</summary>
    public void Drop(SessionKey key)
    {
        if (newest.TryGetValue(key.Name, out Seen? seen))
        {
            Set(key, new Seen(seen.Revision + 1, Tokens: null));
        }
    }

    private void Set(SessionKey key, Seen seen)
    {
        if (newest.Count >= MaxSessions && !newest.ContainsKey(key.Name))
        {
            newest.Clear(); // Known again with the next look at each.
        }

        newest.AddOrUpdate(key.Name, seen, (_, other) => other.Revision > seen.Revision ? other : seen);
    }

    private sealed record Seen(long Revision, TokenSet? Tokens);
}
