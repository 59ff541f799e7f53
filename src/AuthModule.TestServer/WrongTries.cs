using System;
using System.Collections.Concurrent;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer;

/// <summary>Slows down whoever guesses: after some wrong tries in a row nothing is looked at for a while, longer each time.</summary>
internal sealed class WrongTries(TimeProvider clock, int threshold)
{
    private const int MaxDoublings = 4;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Tries> tries = new(StringComparer.Ordinal);

    /// <exception cref="OAuthRefusal">429, with <c>Retry-After</c>: right or wrong, it is not looked at now.</exception>
    public void RequireTurn(string whose)
    {
        if (tries.TryGetValue(whose, out Tries? mine))
        {
            lock (mine)
            {
                TimeSpan left = mine.BlockedUntil - clock.GetUtcNow();
                if (left > TimeSpan.Zero)
                {
                    throw new OAuthRefusal("temporarily_unavailable", "too many wrong tries; wait", Microsoft.AspNetCore.Http.StatusCodes.Status429TooManyRequests)
                    {
                        RetryAfter = (int)Math.Ceiling(left.TotalSeconds),
                    };
                }
            }
        }
    }

    /// <param name="whose">Has to be one of a bounded number: it is remembered.</param>
    public void Wrong(string whose)
    {
        Tries mine = tries.GetOrAdd(whose, static _ => new Tries());
        lock (mine)
        {
            int beyond = ++mine.Count - threshold;
            if (beyond >= 0)
            {
                mine.BlockedUntil = clock.GetUtcNow() + (ShortestWait * (1 << Math.Min(beyond, MaxDoublings)));
            }
        }
    }

    public void Right(string whose) => tries.TryRemove(whose, out _);

    private sealed class Tries
    {
        public int Count { get; set; }

        public DateTimeOffset BlockedUntil { get; set; }
    }
}
