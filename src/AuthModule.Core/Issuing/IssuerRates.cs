using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Issuing;

/// <summary>How often tokens and clients may ask, counted in the store so that all processes count together. Windows are fixed, as on the clock.</summary>
internal sealed class IssuerRates(StoreGuard store, TimeProvider clock)
{
    /// <summary>Null where it may; else how long to wait.</summary>
    public ValueTask<TimeSpan?> CheckTokenAsync(string tokenKey, int? limit, TimeSpan window, CancellationToken cancellationToken) =>
        CheckAsync("rate-token-" + tokenKey, limit, window, cancellationToken);

    /// <summary>The same for a client; where there is none nothing is counted.</summary>
    public ValueTask<TimeSpan?> CheckClientAsync(string? clientId, int? limit, TimeSpan window, CancellationToken cancellationToken) =>
        clientId is null ? default : CheckAsync("rate-client-" + TokenKey.Hash(clientId), limit, window, cancellationToken);

    public static string Reason(string? clientId, int? limit, TimeSpan window) => FormattableString.Invariant(
        $"{(clientId is null ? "it" : $"client '{clientId}'")} has asked more than {limit} times in {window.TotalSeconds:0.###} seconds");

    private async ValueTask<TimeSpan?> CheckAsync(string name, int? limit, TimeSpan window, CancellationToken cancellationToken)
    {
        if (limit is null)
        {
            return null;
        }

        long now = clock.GetUtcNow().UtcTicks;
        long begun = now - (now % window.Ticks);
        TimeSpan left = TimeSpan.FromTicks(begun + window.Ticks - now);
        string key = string.Format(CultureInfo.InvariantCulture, "{0}-{1}", name, begun / TimeSpan.TicksPerMillisecond);
        return await store.IncrementAsync(key, left, cancellationToken).ConfigureAwait(false) > limit ? left : null;
    }
}
