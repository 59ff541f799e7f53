using System;
using System.Linq;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>Requests at the server, second by second.</summary>
internal sealed class RequestCurve(string name, TimeSpan duration)
{
    private readonly int[] seconds = new int[(int)duration.TotalSeconds];

    public string Name => name;

    public long Total => seconds.Sum(static count => (long)count);

    public double Mean => (double)Total / seconds.Length;

    public int Peak => seconds.Max();

    public void Add(TimeSpan at) => seconds[(int)at.TotalSeconds]++;

    /// <summary>The busiest second after the fleet's start has passed.</summary>
    public int PeakAfter(TimeSpan start) => seconds.Skip((int)start.TotalSeconds).Max();
}
