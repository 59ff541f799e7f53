using System;

namespace AuthModule.Benchmarks.Fleet;

/// <summary>A clock that stands at the second that the model has come to.</summary>
internal sealed class ModelClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public int Second { get; set; }

    public override long TimestampFrequency => 1;

    public override DateTimeOffset GetUtcNow() => Start.AddSeconds(Second);

    public override long GetTimestamp() => Second;
}
