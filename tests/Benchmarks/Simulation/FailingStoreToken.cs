using System;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>
/// One session's token in a store whose node is killed at fixed times: what was written just before is lost, and calls wait until the
/// replica has taken over.
/// </summary>
internal sealed class FailingStoreToken(SimulatedFleet model, SimulatedClock clock, CachedToken token)
{
    private TimeSpan? seen;

    /// <summary>How many tokens the killed nodes took with them.</summary>
    public int Lost { get; private set; }

    /// <returns>When this call's request was sent; null where it cost none.</returns>
    public TimeSpan? Ask(TimeSpan now)
    {
        if (model.LastFailover(now) is { } failover)
        {
            if (seen != failover)
            {
                seen = failover;
                Lost += token.LoseSince(clock.Start + failover - model.ReplicationLag) ? 1 : 0;
            }

            TimeSpan over = failover + model.FailoverTime;
            now = now < over ? over : now;
        }

        clock.SinceStart = now;
        return token.Ask() ? now : null;
    }
}
