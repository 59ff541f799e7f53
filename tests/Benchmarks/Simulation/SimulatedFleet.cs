using System;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>
/// What the simulated fleet is like. A worker runs one runbook process after the other. They start at whole minutes, as
/// schedulers start them, ask for a token within seconds and again every few minutes, and end long before the token does.
/// </summary>
internal sealed record SimulatedFleet
{
    public int Workers { get; init; } = 100_000;

    /// <summary>Workers with the same credential: with a shared store they have one session.</summary>
    public int WorkersPerCredential { get; init; } = 100;

    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(1);

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan ProcessLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first token is asked for within this time after the start of the process.</summary>
    public TimeSpan StartUp { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How often the store's node is killed and its replica takes over.</summary>
    public TimeSpan FailoverInterval { get; init; } = TimeSpan.FromSeconds(601);

    /// <summary>How long nobody gets an answer of the store then; calls wait so long.</summary>
    public TimeSpan FailoverTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What the killed node was given within this time before, its replica does not have.</summary>
    public TimeSpan ReplicationLag { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same seed gives the same day.</summary>
    public int Seed { get; init; } = 1;

    public int Credentials => Workers / WorkersPerCredential;

    /// <summary>The last failover at or before this time of the day; null before the first.</summary>
    public TimeSpan? LastFailover(TimeSpan now) => now < FailoverInterval ? null : FailoverInterval * Math.Floor(now / FailoverInterval);
}
