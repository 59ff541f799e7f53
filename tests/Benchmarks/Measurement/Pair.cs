using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace AuthModule.Benchmarks.Measurement;

/// <summary>
/// Runs two sides in turn, in batches long enough for the clock, so that noise of the machine hits both. Each side is given a
/// number and does its operation that often.
/// </summary>
internal sealed class Pair(Func<int, Task> measured, Func<int, Task> floor)
{
    private const int MaxPerBatch = 1 << 24;

    /// <summary>Long enough for code to be compiled again where it is used much.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Batch { get; init; } = TimeSpan.FromMilliseconds(40);

    public int Rounds { get; init; } = 21;

    /// <summary>False where one of the sides works in another process.</summary>
    public bool CountsBytes { get; init; } = true;

    public static Pair Of(Action<int> measured, Action<int> floor) => new(Wrap(measured), Wrap(floor));

    public async Task<Comparison> RunAsync()
    {
        await WarmAsync(measured);
        await WarmAsync(floor);
        int measuredCount = await CountForAsync(measured), floorCount = await CountForAsync(floor);
        double? measuredBytes = CountsBytes ? await BytesAsync(measured, measuredCount) : null;
        double? floorBytes = CountsBytes ? await BytesAsync(floor, floorCount) : null;
        var measuredTimes = new List<double>();
        var floorTimes = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0)
            {
                measuredTimes.Add(await TimeAsync(measured, measuredCount));
                floorTimes.Add(await TimeAsync(floor, floorCount));
            }
            else
            {
                floorTimes.Add(await TimeAsync(floor, floorCount));
                measuredTimes.Add(await TimeAsync(measured, measuredCount));
            }
        }

        return new Comparison(measuredTimes, floorTimes) { MeasuredBytes = measuredBytes, FloorBytes = floorBytes };
    }

    private static Func<int, Task> Wrap(Action<int> work) => count =>
    {
        work(count);
        return Task.CompletedTask;
    };

    private static async Task<double> TimeAsync(Func<int, Task> side, int count)
    {
        long start = Stopwatch.GetTimestamp();
        await side(count);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    // All threads count: work that is done elsewhere is work too. The smallest of three is what the side needs; what is above
    // it belongs to somebody else in this process.
    private static async Task<double> BytesAsync(Func<int, Task> side, int count)
    {
        double least = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await side(count);
            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / count);
        }

        return least;
    }

    private async Task WarmAsync(Func<int, Task> side)
    {
        long start = Stopwatch.GetTimestamp();
        for (int count = 1; Stopwatch.GetElapsedTime(start) < WarmUp; count = Math.Min(count * 2, 4096))
        {
            await side(count);
        }
    }

    private async Task<int> CountForAsync(Func<int, Task> side)
    {
        for (int count = 1; ; count *= 2)
        {
            long start = Stopwatch.GetTimestamp();
            await side(count);
            if (Stopwatch.GetElapsedTime(start) >= Batch || count >= MaxPerBatch)
            {
                return count;
            }
        }
    }
}
