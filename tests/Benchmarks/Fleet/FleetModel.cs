using System;
using System.IO;
using System.Linq;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Tokens;

namespace AuthModule.Benchmarks.Fleet;

/// <summary>
/// 100,000 workers over four hours, by the engine's own rules of freshness. Short runbooks: each runs every quarter of an hour
/// for two minutes and calls an API every ten seconds; half of them start at the full quarter, as schedules are written.
/// Long-running workers: all started within ten seconds, and calling every ten.
/// </summary>
internal static class FleetModel
{
    private const int Workers = 100_000;
    private const int Credentials = 100;
    private const int Seconds = 4 * 3600;
    private const int Lifetime = 3600;
    private const int Period = 900;
    private const int RunLength = 120;
    private const int CallEvery = 10;

    // The same fleet at each run of the model.
    private const uint Seed = 2026;

    public static void Print(TextWriter output)
    {
        int[] phases = Phases();
        output.WriteLine(FormattableString.Invariant($"{Workers:N0} workers, {Credentials} credentials, tokens of {Lifetime} s, {Seconds / 3600} hours"));
        output.WriteLine();
        output.WriteLine("| short runbooks | token requests | per second | most in a second, after the first minute |");
        output.WriteLine("| --- | ---: | ---: | ---: |");
        NoCache(phases).Print(output, "no cache");
        PerProcess(phases).Print(output, "a cache per process");
        Shared(phases).Print(output, "a shared store");
        output.WriteLine();
        output.WriteLine("| long-running workers | token requests | per second | most in a second, after the first minute |");
        output.WriteLine("| --- | ---: | ---: | ---: |");
        LongRunning(jitter: _ => 0).Print(output, "a cache per process, no jitter");
        LongRunning(jitter: Share).Print(output, "a cache per process, jitter per session");
    }

    private static RequestCount NoCache(int[] phases) => Count(phases, (requests, _, second) => requests.Add(second));

    private static RequestCount PerProcess(int[] phases)
    {
        var requests = new RequestCount(Seconds);
        foreach (int phase in phases)
        {
            for (int start = phase; start < Seconds; start += Period)
            {
                requests.Add(start); // A run is shorter than a token.
            }
        }

        return requests;
    }

    private static RequestCount Shared(int[] phases)
    {
        var clock = new ModelClock();
        var tokens = new TokenSet?[Credentials];
        return Count(phases, (requests, worker, second) =>
        {
            clock.Second = second;
            int credential = worker % Credentials;
            if (tokens[credential] is not { } held || !Freshness.IsFresh(held, null, Share(credential)))
            {
                tokens[credential] = NewToken(clock);
                requests.Add(second);
            }
        });
    }

    private static RequestCount LongRunning(Func<int, double> jitter)
    {
        var clock = new ModelClock();
        var requests = new RequestCount(Seconds);
        var tokens = new TokenSet?[Workers];
        for (int second = 0; second < Seconds; second++)
        {
            clock.Second = second;
            for (int worker = second % CallEvery; worker < Workers; worker += CallEvery)
            {
                if (tokens[worker] is not { } held || !Freshness.IsFresh(held, null, jitter(worker)))
                {
                    tokens[worker] = NewToken(clock);
                    requests.Add(second);
                }
            }
        }

        return requests;
    }

    // Calls in the order of time, as one token serves many workers.
    private static RequestCount Count(int[] phases, Action<RequestCount, int, int> call)
    {
        var requests = new RequestCount(Seconds);
        ILookup<int, int> workersByPhase = Enumerable.Range(0, Workers).ToLookup(worker => phases[worker]);
        for (int second = 0; second < Seconds; second++)
        {
            for (int since = 0; since < RunLength && since <= second; since += CallEvery)
            {
                foreach (int worker in workersByPhase[(second - since) % Period])
                {
                    call(requests, worker, second);
                }
            }
        }

        return requests;
    }

    private static int[] Phases() => [.. Enumerable.Range(0, Workers).Select(worker => worker % 2 == 0 ? 0 : (int)(Share(worker) * Period))];

    // Knuth's multiplicative hash: spread evenly, and the same each time.
    private static double Share(int number) => ((uint)number + Seed) * 2_654_435_761u / (double)uint.MaxValue % 1;

    private static TokenSet NewToken(ModelClock clock) => new(clock, clock.GetTimestamp())
    {
        AccessToken = Anything,
        IssuedOn = clock.GetUtcNow(),
        ExpiresOn = clock.GetUtcNow().AddSeconds(Lifetime),
        Lifetime = TimeSpan.FromSeconds(Lifetime),
        SignInGrant = "client_credentials",
    };

    private static Secret Anything { get; } = Secret.From("token");
}
