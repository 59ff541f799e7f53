using System;
using System.Threading;

namespace AuthModule.TestKit.Time;

/// <summary>A clock on which short pauses are over at once and take their time on the clock; time-outs stay where they are.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider clock = new(DateTimeOffset.UtcNow);

    /// <summary>Timers that are armed: none is left when nothing is under way.</summary>
    public int PendingTimers => clock.PendingTimers;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public void Advance(TimeSpan time) => clock.Advance(time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero && dueTime <= LongestPause)
        {
            ThreadPool.QueueUserWorkItem(_ => clock.Advance(dueTime));
        }

        return timer;
    }
}
