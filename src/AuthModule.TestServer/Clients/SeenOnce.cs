using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace AuthModule.TestServer.Clients;

/// <summary>Remembers identifiers that may be used once, for as long as whoever used them could use them again.</summary>
internal sealed class SeenOnce(TimeProvider clock)
{
    private const int FirstSweep = 1024;

    private readonly ConcurrentDictionary<string, DateTimeOffset> seen = new(StringComparer.Ordinal);
    private int sweepAt = FirstSweep;

    /// <summary>False where it was there before.</summary>
    public bool TryAdd(string id, DateTimeOffset until)
    {
        if (seen.Count >= sweepAt)
        {
            Sweep();
        }

        return seen.TryAdd(id, until);
    }

    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (KeyValuePair<string, DateTimeOffset> pair in seen)
        {
            if (pair.Value <= now)
            {
                seen.TryRemove(pair);
            }
        }

        sweepAt = Math.Max(FirstSweep, seen.Count * 2);
    }
}
