#pragma warning disable CA5394 // A seeded source on purpose: the same model gives the same day.
using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>One day of a fleet with each kind of cache, in simulated time. A reply takes no time in it.</summary>
internal sealed class FleetSimulation
{
    // A call is one number, so that a day's calls sort fast: the millisecond, then the worker.
    private const int WorkerBits = 16;

    private readonly SimulatedFleet model;
    private readonly SimulatedClock clock = new();
    private readonly Random random;

    private FleetSimulation(SimulatedFleet model)
    {
        this.model = model;
        random = new Random(model.Seed);
        NoCache = new RequestCurve("no cache", model.Duration);
        PerProcess = new RequestCurve("one cache per process", model.Duration);
        Shared = new RequestCurve("one shared store", model.Duration);
        SharedWithoutJitter = new RequestCurve("one shared store, no jitter", model.Duration);
        SharedWithFailovers = new RequestCurve("one shared store, failovers", model.Duration + model.FailoverTime);
    }

    public RequestCurve NoCache { get; }

    public RequestCurve PerProcess { get; }

    public RequestCurve Shared { get; }

    /// <summary>What the store would cause if all sessions renewed at the same age.</summary>
    public RequestCurve SharedWithoutJitter { get; }

    /// <summary>A store whose node is killed again and again, while tokens are renewed.</summary>
    public RequestCurve SharedWithFailovers { get; }

    /// <summary>Tokens that a killed node took with it.</summary>
    public long LostTokens { get; private set; }

    public long Processes { get; private set; }

    public static FleetSimulation Run(SimulatedFleet model)
    {
        if (model.WorkersPerCredential is < 1 or > 1 << WorkerBits)
        {
            throw new ArgumentOutOfRangeException(nameof(model));
        }

        var simulation = new FleetSimulation(model);
        var jitter = new SessionJitter(simulation.clock);
        for (int credential = 0; credential < model.Credentials; credential++)
        {
            simulation.RunCredential(jitter.Of(credential));
        }

        return simulation;
    }

    private void RunCredential(double jitter)
    {
        TimeSpan[] firstStarts = [.. Enumerable.Range(0, model.WorkersPerCredential).Select(_ => TimeSpan.FromMinutes(random.Next((int)model.ProcessLifetime.TotalMinutes)))];
        CachedToken[] own = [.. firstStarts.Select(_ => new CachedToken(clock, model.TokenLifetime, jitter))];
        int[] processes = [.. firstStarts.Select(_ => -1)];
        var shared = new CachedToken(clock, model.TokenLifetime, jitter);
        var sharedWithFailovers = new FailingStoreToken(model, clock, new CachedToken(clock, model.TokenLifetime, jitter));
        var sharedWithoutJitter = new CachedToken(clock, model.TokenLifetime, 0);

        foreach (long call in Calls(firstStarts))
        {
            int worker = (int)(call & ((1 << WorkerBits) - 1));
            TimeSpan now = TimeSpan.FromMilliseconds(call >> WorkerBits);
            clock.SinceStart = now;
            int process = (int)((now - firstStarts[worker]) / model.ProcessLifetime);
            if (process != processes[worker])
            {
                processes[worker] = process;
                own[worker].Forget();
                Processes++;
            }

            NoCache.Add(now);
            Count(own[worker], PerProcess, now);
            Count(shared, Shared, now);
            Count(sharedWithoutJitter, SharedWithoutJitter, now);
            if (sharedWithFailovers.Ask(now) is { } sent)
            {
                SharedWithFailovers.Add(sent);
            }
        }

        LostTokens += sharedWithFailovers.Lost;
    }

    private static void Count(CachedToken token, RequestCurve curve, TimeSpan now)
    {
        if (token.Ask())
        {
            curve.Add(now);
        }
    }

    // All calls of the workers with one credential, in order.
    private List<long> Calls(TimeSpan[] firstStarts)
    {
        var calls = new List<long>();
        for (int worker = 0; worker < firstStarts.Length; worker++)
        {
            for (TimeSpan start = firstStarts[worker]; start < model.Duration; start += model.ProcessLifetime)
            {
                TimeSpan end = start + model.ProcessLifetime < model.Duration ? start + model.ProcessLifetime : model.Duration;
                for (TimeSpan at = start + Between(TimeSpan.Zero, model.StartUp); at < end; at += Between(model.ShortestPause, model.LongestPause))
                {
                    calls.Add(((long)at.TotalMilliseconds << WorkerBits) | (long)worker);
                }
            }
        }

        calls.Sort();
        return calls;
    }

    private TimeSpan Between(TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromMilliseconds(random.NextInt64((long)shortest.TotalMilliseconds, (long)longest.TotalMilliseconds));
}
