using System;
using System.IO;
using System.Linq;

namespace AuthModule.Benchmarks.Fleet;

/// <summary>Token requests at the service, second by second.</summary>
internal sealed class RequestCount(int seconds)
{
    // The cold start is the same for all; what comes after it is what a service lives with.
    private const int ColdStart = 60;

    private readonly int[] perSecond = new int[seconds];

    public void Add(int second) => perSecond[second]++;

    public void Print(TextWriter output, string name) => output.WriteLine(FormattableString.Invariant(
        $"| {name} | {perSecond.Sum(count => (long)count):N0} | {perSecond.Average():N2} | {perSecond.Skip(ColdStart).Max():N0} |"));
}
