using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Faults;

/// <summary>Every fault crossed with every operation, each cell on a server and an engine of its own.</summary>
internal static class FaultMatrix
{
    public const string Right = "ok";

    // Far longer than anything takes on a machine that is busy with other things: who reaches it hangs.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(90);

    private static readonly Lazy<FaultServer> OtherOrigin = new(static () => new FaultServer(usesTls: false));

    /// <summary>Where redirects lead that nobody may follow.</summary>
    public static FaultServer Elsewhere => OtherOrigin.Value;

    public static IReadOnlyList<Fault> Faults { get; } = [.. ConnectionFaults.All, .. ReplyFaults.All];

    /// <returns>One line for each cell that is not as expected.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IEnumerable<(Fault Fault, FaultOperation Operation)> cells, CancellationToken stop)
    {
        var failures = new ConcurrentQueue<string>();
        var stuck = new ConcurrentQueue<(Fault, FaultOperation)>();
        await Parallel.ForEachAsync(
            cells,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stop },
            async (cell, _) =>
            {
                try
                {
                    await CheckAsync(cell.Fault, cell.Operation, failures);
                }
                catch (TimeoutException)
                {
                    stuck.Enqueue(cell);
                }
            });

        // A machine that stood still is told from a cell that hangs: that one hangs alone, too.
        foreach ((Fault fault, FaultOperation operation) in stuck)
        {
            try
            {
                await CheckAsync(fault, operation, failures);
            }
            catch (TimeoutException)
            {
                failures.Enqueue($"{fault} x {operation}: hangs");
            }
        }

        return [.. failures.Order(StringComparer.Ordinal)];
    }

    /// <exception cref="TimeoutException">It did not come to an end.</exception>
    private static async Task CheckAsync(Fault fault, FaultOperation operation, ConcurrentQueue<string> failures)
    {
        string expected = FaultExpectations.Of(fault.Name, operation.Name);
        try
        {
            if (await RunAsync(fault, operation).WaitAsync(Guard, CancellationToken.None) is var found && found != expected)
            {
                failures.Enqueue($"{fault} x {operation}: {found} instead of {expected}");
            }
        }
        catch (Exception wrong) when (wrong is not TimeoutException)
        {
            failures.Enqueue($"{fault} x {operation}: {wrong.GetType().Name}: {wrong.Message}\n{wrong.StackTrace}");
        }
    }

    private static async Task<string> RunAsync(Fault fault, FaultOperation operation)
    {
        await using var bench = new FaultBench(fault.UsesTls);
        await operation.Prepare(bench);
        await bench.BreakAsync(fault);
        Task<string> trial = TryAsync(operation, bench);
        await bench.WaitAsync(trial, fault);
        string found = await trial;
        if (bench.Clock.PendingTimers > 0)
        {
            return $"{found}, and {bench.Clock.PendingTimers} timers left";
        }

        // Longer than any failure is remembered and than any server is believed that asks to wait.
        bench.Mend();
        bench.Clock.Advance(TimeSpan.FromMinutes(20));
        string after = await TryAsync(operation, bench);
        if (after != Right)
        {
            return $"{found}, and {after} when the service was well again";
        }

        bench.Release();
        await bench.Server.WhenQuietAsync();
        return found;
    }

    private static async Task<string> TryAsync(FaultOperation operation, FaultBench bench)
    {
        try
        {
            return await operation.Act(bench) ?? Right;
        }
        catch (AuthException failure)
        {
            string shown = $"{failure}\n{failure.ToJson()}\n{failure.RecommendedAction}\n{string.Join('\n', bench.Host.Log.Lines)}";
            return shown.Contains(HealthyService.Canary, StringComparison.Ordinal) ? $"{failure.Code} that tells a secret: {shown}"
                : string.IsNullOrEmpty(failure.RecommendedAction) ? $"{failure.Code} without advice"
                : failure.Code;
        }
    }
}
