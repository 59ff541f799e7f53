using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Telemetry;

namespace AuthModule.Jose.Keys;

/// <summary>
/// Keeps a set of keys for its lifetime, reads it anew early when a key is missing but in vain not more often than the pause allows,
/// and goes on with the last good ones while they cannot be read.
/// </summary>
internal sealed class KeySetCache(Func<ICallLog, CancellationToken, Task<KeySet>> load, TimeProvider clock)
{
    // An issuer that rotates more often than this within a pause, or answers two sets in turn, waits like any other.
    private const int MaxRotations = 4;

    private readonly SingleFlight<int, KeySet> flights = new();
    private readonly object gate = new();
    private CacheEntry? kept;
    private Task<KeySet>? reload;
    private KeySet? lackedBy;
    private long? lastReload;
    private int reloads;
    private long? lastFailure;

    /// <summary>How long keys are taken as they are.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Between two early reloads, and between two tries while the keys cannot be read.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the last good keys serve without news: an attacker who keeps the server down must not keep a withdrawn key alive for ever.</summary>
    public TimeSpan Staleness { get; init; } = TimeSpan.FromDays(1);

    public ValueTask<KeySet> GetAsync(ICallLog log, CancellationToken cancellationToken)
    {
        CacheEntry? known = Volatile.Read(ref kept);
        return IsFresh(known)
            ? new ValueTask<KeySet>(known!.Keys)
            : new ValueTask<KeySet>(RefreshAsync(known, log, cancellationToken));
    }

    public async ValueTask<KeySet> ReloadAsync(KeySet known, string? keyId, ICallLog log, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref kept) is { } current && !ReferenceEquals(current.Keys, known))
        {
            return current.Keys;
        }

        Task<KeySet> underWay;
        lock (gate)
        {
            if ((reload is null || reload.IsCompleted) && MayReload(keyId))
            {
                log.Verbose($"Reading the keys of {known.Origin} again: a token was signed with one that is not among them.");
                lackedBy = known;

                // Not canceled with the caller who happens to be the first: others wait for it.
                reload = LoadAsync(known, log, CancellationToken.None);
            }
            else if (reload!.IsCompleted)
            {
                return known;
            }

            underWay = reload;
        }

        try
        {
            return await underWay.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            log.Warning($"The keys of {known.Origin} cannot be read anew; the last good ones serve on. {failure.Message}");
            return known;
        }
    }

    // A reload that brought other keys was one of a rotation, and another rotation may follow at once. What it took away will not be
    // back so soon.
    private bool MayReload(string? keyId)
    {
        if (lastReload is not { } last || clock.GetElapsedTime(last) >= Pause)
        {
            lastReload = clock.GetTimestamp();
            reloads = 1;
            return true;
        }

        bool broughtOthers = reload!.Status == TaskStatus.RanToCompletion && !ReferenceEquals(reload.Result, lackedBy);
        bool wasWithdrawn = keyId is not null && lackedBy?.Has(keyId) == true;
        return broughtOthers && !wasWithdrawn && reloads++ < MaxRotations;
    }

    private async Task<KeySet> RefreshAsync(CacheEntry? known, ICallLog log, CancellationToken cancellationToken)
    {
        if (known is not null && !IsStale(known) && lastFailureIsRecent())
        {
            return known.Keys;
        }

        try
        {
            return await LoadAsync(lacking: null, log, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled && known is not null && !IsStale(known))
        {
            lock (gate)
            {
                lastFailure = clock.GetTimestamp();
            }

            log.Warning($"The keys of {known.Keys.Origin} cannot be read anew; the last good ones serve on. {failure.Message}");
            return known.Keys;
        }

        bool lastFailureIsRecent()
        {
            lock (gate)
            {
                return lastFailure is { } last && clock.GetElapsedTime(last) < Pause;
            }
        }
    }

    private bool IsFresh(CacheEntry? known) => known is not null && clock.GetElapsedTime(known.ReadAt) < Lifetime;

    private bool IsStale(CacheEntry known) => clock.GetElapsedTime(known.ReadAt) >= Lifetime + Staleness;

    /// <param name="lacking">A set that lacks a key, so that any other will do and this one will not; null when any fresh one will do.</param>
    /// <param name="log">Where to tell.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private Task<KeySet> LoadAsync(KeySet? lacking, ICallLog log, CancellationToken cancellationToken) => flights.RunAsync(
        0,
        async token =>
        {
            // Another run may have ended after the caller looked.
            if (Volatile.Read(ref kept) is { } justRead && IsFresh(justRead) && !ReferenceEquals(justRead.Keys, lacking))
            {
                return justRead.Keys;
            }

            long readAt = clock.GetTimestamp();
            KeySet read = await load(log, token).ConfigureAwait(false);

            // The same keys stay the same object: what was verified with them stays verified.
            KeySet keys = Volatile.Read(ref kept) is { } known && known.Keys.IsSameAs(read) ? known.Keys : read;
            Volatile.Write(ref kept, new CacheEntry(keys, readAt));
            return keys;
        },
        joined: null,
        cancellationToken);

    private sealed record CacheEntry(KeySet Keys, long ReadAt);
}
