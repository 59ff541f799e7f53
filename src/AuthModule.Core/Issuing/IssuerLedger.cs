using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Stores;

namespace AuthModule.Issuing;

/// <summary>
/// Who has which tokens and how often they are used, in the store beside the tokens: for operators, and for ending everything of
/// one subject. Subjects share pages, so that all can be listed in a store that cannot list.
/// </summary>
internal sealed class IssuerLedger(StoreGuard store, TimeProvider clock)
{
    public const int Pages = 64;
    public const int MaxPending = 10_000;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    // A test of a token must not cost a write: so long, at most, counts of tests are in this process only.
    private static readonly TimeSpan LongestPending = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private Dictionary<(string Subject, string? ClientId), LedgerLine> pending = [];
    private long pendingSince;

    /// <summary>Subjects and clients of which something is not written yet.</summary>
    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                return pending.Count;
            }
        }
    }

    /// <summary>Counts without writing; writes what has waited long enough.</summary>
    public ValueTask CountAsync(string subject, string? clientId, Action<LedgerLine> count, CancellationToken cancellationToken)
    {
        bool isDue;
        lock (gate)
        {
            if (pending.Count == 0)
            {
                pendingSince = clock.GetTimestamp();
            }

            if (!pending.TryGetValue((subject, clientId), out LedgerLine? line))
            {
                line = new LedgerLine(subject, clientId);
                pending.Add((subject, clientId), line);
            }

            count(line);
            line.LastUsedOn = clock.GetUtcNow();
            isDue = pending.Count >= MaxPending || clock.GetElapsedTime(pendingSince) >= LongestPending;
        }

        return isDue ? FlushAsync(cancellationToken) : default;
    }

    /// <summary>Writes what was counted.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string Subject, string? ClientId), LedgerLine> counted;
        lock (gate)
        {
            (counted, pending) = (pending, []);
        }

        foreach (IGrouping<int, LedgerLine> group in counted.Values.GroupBy(line => PageOf(line.Subject)))
        {
            await ChangeAsync(
                group.Key,
                page =>
                {
                    foreach (LedgerLine line in group)
                    {
                        page.Of(line.Subject, line.ClientId).Add(line);
                    }

                    return new ValueTask<bool>(true);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Changes the page of a subject while nobody else does; what is done in it is done before anybody else sees the page.</summary>
    public ValueTask<T> ChangeAsync<T>(string subject, Func<LedgerPage, ValueTask<T>> change, CancellationToken cancellationToken) =>
        ChangeAsync(PageOf(subject), change, cancellationToken);

    /// <summary>All lines, or those of one subject.</summary>
    public async Task<IReadOnlyList<LedgerLine>> ReadAsync(string? subject, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<LedgerLine>();
        foreach (int number in subject is null ? Enumerable.Range(0, Pages) : [PageOf(subject)])
        {
            LedgerPage page = LedgerPage.Read(await store.GetAsync(NameOf(number), cancellationToken).ConfigureAwait(false), store.Name);
            page.Clean(clock.GetUtcNow());
            found.AddRange(page.Lines.Where(line => subject is null || line.Subject == subject));
        }

        return found;
    }

    private static int PageOf(string subject) => int.Parse(TokenKey.Hash(subject).Substring(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Pages;

    private static string NameOf(int page) => string.Format(CultureInfo.InvariantCulture, "ledger-{0:x2}", page);

    private async ValueTask<T> ChangeAsync<T>(int number, Func<LedgerPage, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        string name = NameOf(number);
        IStoreLock held = await store.LockAsync(name, Lease, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            LedgerPage page = LedgerPage.Read(await store.GetAsync(name, cancellationToken).ConfigureAwait(false), store.Name);
            T result = await change(page).ConfigureAwait(false);
            page.Clean(clock.GetUtcNow());
            byte[] value = page.Write();
            if (held is IFencedLock fenced)
            {
                if (!await fenced.SetAsync(name, value, lifetime: null, CancellationToken.None).ConfigureAwait(false))
                {
                    throw AuthError.Create(AuthErrorId.StoreUnavailable, $"The lock of store {store.Name} ran out while the issuer's ledger was written.");
                }
            }
            else
            {
                await store.SetAsync(name, value, lifetime: null, CancellationToken.None).ConfigureAwait(false);
            }

            return result;
        }
    }
}
