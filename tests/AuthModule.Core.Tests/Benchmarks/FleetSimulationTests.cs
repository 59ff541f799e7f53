using System;
using System.IO;
using AuthModule.Benchmarks.Simulation;

namespace AuthModule.Core.Tests.Benchmarks;

/// <summary>The fleet model of the benchmarks, small enough for a test.</summary>
public sealed class FleetSimulationTests
{
    private static readonly SimulatedFleet Model = new() { Workers = 1_000 };

    [Fact]
    [Trait("Feature", "N15")]
    public void A_shared_store_needs_fewer_requests_than_a_cache_per_process_and_that_fewer_than_none()
    {
        FleetSimulation day = FleetSimulation.Run(Model);

        Assert.Empty(FleetCheck.Failures(Model, day));
        Assert.True(day.Shared.Total * 100 < day.PerProcess.Total);
        Assert.True(day.PerProcess.Total * 2 < day.NoCache.Total);
        Assert.InRange(day.PerProcess.Peak, day.Shared.Peak, day.NoCache.Peak);
    }

    [Fact]
    [Trait("Feature", "N15")]
    public void A_failover_costs_one_request_for_each_token_that_it_lost()
    {
        FleetSimulation day = FleetSimulation.Run(Model);
        FleetSimulation unlucky = FleetSimulation.Run(Model with { FailoverInterval = TimeSpan.FromMinutes(1), ReplicationLag = TimeSpan.FromSeconds(30) });

        Assert.Equal(day.Shared.Total, unlucky.Shared.Total);
        Assert.True(unlucky.LostTokens > day.LostTokens);
        Assert.InRange(unlucky.SharedWithFailovers.Total, unlucky.Shared.Total + (unlucky.LostTokens / 2), unlucky.Shared.Total + unlucky.LostTokens + Model.Credentials);
    }

    [Fact]
    [Trait("Feature", "N15")]
    public void The_same_seed_gives_the_same_day()
    {
        var model = new SimulatedFleet { Workers = 200 };
        Assert.Equal(Report(model), Report(model));
        Assert.NotEqual(Report(model), Report(model with { Seed = 2 }));
    }

    [Fact]
    [Trait("Feature", "N15")]
    public void A_cache_that_saves_nothing_is_reported_as_wrong()
    {
        // Each process asks once, so a cache of its own saves nothing.
        var model = new SimulatedFleet { Workers = 100, WorkersPerCredential = 1, ShortestPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(2) };
        using var output = new StringWriter();
        Assert.Equal(1, FleetReport.Run(model, output));
        Assert.Contains("WRONG", output.ToString(), StringComparison.Ordinal);
    }

    private static string Report(SimulatedFleet model)
    {
        using var output = new StringWriter();
        Assert.Equal(0, FleetReport.Run(model, output));
        return output.ToString();
    }
}
