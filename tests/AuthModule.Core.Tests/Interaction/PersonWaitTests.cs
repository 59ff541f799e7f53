using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Interaction;
using AuthModule.Telemetry;

namespace AuthModule.Core.Tests.Interaction;

public sealed class PersonWaitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(700)]
    [InlineData(999)]
    [Trait("Feature", "R6")]
    [Trait("Feature", "R21")]
    public async Task Time_that_runs_out_between_two_looks_at_the_clock_ends_the_pause(int millisecondsEachLook)
    {
        var clock = new CreepingClock(TimeSpan.FromMilliseconds(millisecondsEachLook));
        var wait = new PersonWait("Sign-in", "Finish it.", TimeSpan.FromMinutes(5), clock, NoLog.Instance);

        await wait.PauseAsync(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

        Assert.True(wait.Elapsed >= TimeSpan.FromSeconds(2.5));
        Assert.False(wait.IsOver);
    }

    /// <summary>A clock on which every look takes its time, as on a machine that is busy with other things; pauses end when they are due.</summary>
    private sealed class CreepingClock(TimeSpan look) : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref now, look.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref now, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
