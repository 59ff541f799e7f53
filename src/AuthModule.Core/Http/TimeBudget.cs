using System;

namespace AuthModule.Http;

/// <summary>The time of a call that sends more than one request: what one of them uses up, the next does not have.</summary>
internal sealed class TimeBudget(TimeSpan whole, TimeProvider clock)
{
    private readonly long startedAt = clock.GetTimestamp();
    private TimeSpan leftOut;

    public TimeSpan Whole => whole;

    /// <summary>Never negative.</summary>
    public TimeSpan Left => whole - (clock.GetElapsedTime(startedAt) - leftOut) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>What has passed since <paramref name="timestamp"/> does not count.</summary>
    public void LeaveOut(long timestamp) => leftOut += clock.GetElapsedTime(timestamp);
}
