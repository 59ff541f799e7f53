using System;

namespace AuthModule.Jose.Keys;

/// <summary>How long keys are kept, see <see cref="KeySetCache"/>.</summary>
internal sealed record KeySetTimes
{
    public static KeySetTimes Default { get; } = new();

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Staleness { get; init; } = TimeSpan.FromDays(1);
}
