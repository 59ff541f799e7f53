using System;
using System.Collections.Generic;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>What must hold for a simulated day whatever its numbers are: else the simulation, or the engine, is wrong.</summary>
internal static class FleetCheck
{
    // No session renews earlier before the end of an hour's token (docs/concurrency.md).
    private static readonly TimeSpan LargestMargin = TimeSpan.FromMinutes(3);

    /// <summary>A sentence for each thing that does not hold.</summary>
    public static IEnumerable<string> Failures(SimulatedFleet model, FleetSimulation day)
    {
        if (!(day.Shared.Total < day.PerProcess.Total && day.PerProcess.Total < day.NoCache.Total))
        {
            yield return "A shared store must need fewer requests than a cache per process, and that fewer than no cache.";
        }

        if (!(day.Shared.Peak <= day.PerProcess.Peak && day.PerProcess.Peak <= day.NoCache.Peak))
        {
            yield return "The busiest second must not be busier with a better cache.";
        }

        if (day.Shared.PeakAfter(model.TokenLifetime / 2) > day.SharedWithoutJitter.PeakAfter(model.TokenLifetime / 2))
        {
            yield return "Jitter must not make the renewals come closer together.";
        }

        if (day.PerProcess.Total != day.Processes)
        {
            yield return $"{day.Processes} processes that end before their token do must send as many requests, not {day.PerProcess.Total}.";
        }

        // The wait of a failover moves renewals; each lost token is one more.
        if (Math.Abs(day.SharedWithFailovers.Total - day.Shared.Total) > day.LostTokens + model.Credentials)
        {
            yield return $"A failover must cost one request for each token that it lost ({day.LostTokens}), not {day.SharedWithFailovers.Total - day.Shared.Total}.";
        }

        // With fewer requests somebody used a dead token; with more a good one was thrown away.
        double fewest = model.Credentials * Math.Floor(model.Duration / model.TokenLifetime);
        double most = model.Credentials * Math.Ceiling(model.Duration / (model.TokenLifetime - LargestMargin));
        if (day.Shared.Total < fewest || day.Shared.Total > most)
        {
            yield return $"{model.Credentials} shared sessions must send {fewest} to {most} requests, not {day.Shared.Total}.";
        }
    }
}
