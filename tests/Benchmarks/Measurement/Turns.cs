using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AuthModule.Benchmarks.Measurement;

/// <summary>Two sides in turn, where one operation is long and tells its own time: those that need a process each.</summary>
internal static class Turns
{
    /// <param name="measured">Does it once; the time in nanoseconds.</param>
    /// <param name="floor">The same of the other side.</param>
    /// <param name="rounds">After one of each that is not counted: files are read from the disk then.</param>
    public static async Task<Comparison> RunAsync(Func<Task<double>> measured, Func<Task<double>> floor, int rounds)
    {
        await measured();
        await floor();
        var measuredTimes = new List<double>();
        var floorTimes = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                measuredTimes.Add(await measured());
                floorTimes.Add(await floor());
            }
            else
            {
                floorTimes.Add(await floor());
                measuredTimes.Add(await measured());
            }
        }

        return new Comparison(measuredTimes, floorTimes);
    }
}
