using System;
using System.Collections.Concurrent;
using System.Linq;
using AuthModule.Text;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// The newest entry of each session that this process has read or written: an older one in the store was put back by somebody,
/// or the store has lost what was written later. A line that was never seen is a new sign-in after a loss, and newer.
/// </summary>
internal sealed class NewestSeen
{
    public const int MaxSessions = 10_000;

    private const int MostLinesBefore = 8;

    private readonly ConcurrentDictionary<string, Seen> newest = new(StringComparer.Ordinal);

    public int Count => newest.Count;

    /// <summary>What was known at a moment; compare with what was read after it.</summary>
    public Seen? Of(SessionKey key) => newest.TryGetValue(key.Name, out Seen? seen) ? seen : null;

    /// <summary>The revision of what is written next.</summary>
    public EntryRevision Next(SessionKey key) => Of(key) is { Revision: { } last }
        ? last with { Number = last.Number + 1 }
        : new EntryRevision(RandomText.Base64Url(9), 1);

    public void Keep(SessionKey key, EntryRevision revision, TokenSet tokens)
    {
        if (newest.Count >= MaxSessions && !newest.ContainsKey(key.Name))
        {
            newest.Clear(); // Known again with the next look at each.
        }

        newest.AddOrUpdate(key.Name, _ => new Seen(revision, tokens, []), (_, seen) => seen.IsNewerThan(revision) ? seen : seen.FollowedBy(revision, tokens));
    }

    /// <summary>Taken out on purpose: what was there must not come back.</summary>
    public void Drop(SessionKey key)
    {
        while (Of(key) is { } seen && !newest.TryUpdate(key.Name, seen.FollowedBy(null, null), seen))
        {
            // Somebody else was faster.
        }
    }

    /// <param name="Revision">Null where the last one was taken out.</param>
    /// <param name="Tokens">Of that entry.</param>
    /// <param name="LinesBefore">That have ended, the last one first.</param>
    internal sealed record Seen(EntryRevision? Revision, TokenSet? Tokens, string[] LinesBefore)
    {
        public bool IsNewerThan(EntryRevision read) => read.Line == Revision?.Line ? read.Number < Revision.Number : LinesBefore.Contains(read.Line);

        public Seen FollowedBy(EntryRevision? next, TokenSet? tokens) => new(
            next,
            tokens,
            Revision is null || Revision.Line == next?.Line ? LinesBefore : [Revision.Line, .. LinesBefore.Take(MostLinesBefore - 1)]);
    }
}
