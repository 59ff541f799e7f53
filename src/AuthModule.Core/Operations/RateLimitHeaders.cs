using System;
using System.Globalization;
using AuthModule.Http;

namespace AuthModule.Operations;

/// <summary>Reads <c>X-RateLimit-*</c> headers, or the same without <c>X-</c>.</summary>
internal static class RateLimitHeaders
{
    // Larger numbers are points in time, smaller ones seconds from now: services do both.
    private const long SmallestEpoch = 1_000_000_000;

    public static RateLimit? Read(WireReply reply)
    {
        long? limit = Number(reply, "X-RateLimit-Limit", "RateLimit-Limit");
        long? remaining = Number(reply, "X-RateLimit-Remaining", "RateLimit-Remaining");
        long? reset = Number(reply, "X-RateLimit-Reset", "RateLimit-Reset");
        if (limit is null && remaining is null && reset is null)
        {
            return null;
        }

        return new RateLimit
        {
            Limit = limit,
            Remaining = remaining,
            ResetsOn = reset is not { } value ? null
                : value >= SmallestEpoch ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(value, 253402300799))
                : reply.ServerTime is not { } now ? null
                : (DateTimeOffset.MaxValue - now).TotalSeconds > value ? now.AddSeconds(value)
                : null,
        };
    }

    private static long? Number(WireReply reply, string name, string plainName) =>
        long.TryParse(reply.Header(name) ?? reply.Header(plainName), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
