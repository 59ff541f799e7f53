using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.TestKit.Time;

/// <summary>A clock that moves only when told; timers fire while it is moved.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly object gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return timestamp;
        }
    }

    /// <summary>Timers that are armed: lets a test wait until the code under test sleeps.</summary>
    public int PendingTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count(static timer => timer.Due is not null);
            }
        }
    }

    /// <summary>Moves both clocks; each timer that comes due fires at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        long target;
        lock (gate)
        {
            target = timestamp + by.Ticks;
        }

        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        // Several may move it at once: one that ends late must not turn it back, or timers that were set meanwhile never come due.
        lock (gate)
        {
            long moved = Math.Max(0, target - timestamp);
            now = now.AddTicks(moved);
            timestamp += moved;
        }
    }

    /// <summary>Sets the wall clock only, as an administrator does: the monotonic clock goes on undisturbed.</summary>
    public void SetUtcNow(DateTimeOffset value)
    {
        lock (gate)
        {
            now = value;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (gate)
        {
            timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? NextDue(long target)
    {
        lock (gate)
        {
            ManualTimer? next = timers.Where(timer => timer.Due <= target).MinBy(static timer => timer.Due);
            if (next is not null)
            {
                long reached = Math.Max(timestamp, next.Due!.Value);
                now = now.AddTicks(reached - timestamp);
                timestamp = reached;
                next.Due = next.Period is { } period ? reached + period : null;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public long? Due { get; set; }

        public long? Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.timestamp + dueTime.Ticks;
                Period = period <= TimeSpan.Zero ? null : period.Ticks;
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
