using System;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>Shows the moment of the simulated day that it is set to.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    public DateTimeOffset Start { get; } = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan SinceStart { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => SinceStart.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + SinceStart;
}
