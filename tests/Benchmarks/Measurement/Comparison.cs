using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Benchmarks.Measurement;

/// <summary>What one operation costs beside another, over several rounds in which both ran in turn.</summary>
internal sealed class Comparison
{
    private readonly double[] ratios;

    /// <param name="measured">Nanoseconds for one operation, round by round.</param>
    /// <param name="floor">The same of the other side, in the same rounds.</param>
    public Comparison(IReadOnlyList<double> measured, IReadOnlyList<double> floor)
    {
        Measured = Median(measured);
        Floor = Median(floor);
        Least = measured.Min() / floor.Min();

        // Round by round, so that what slowed the machine down for a while is in both sides of each ratio.
        ratios = [.. measured.Zip(floor, (one, other) => one / other).Order()];
    }

    public double Measured { get; }

    public double Floor { get; }

    public double Ratio => Median(ratios);

    /// <summary>
    /// The best round of one side beside the best of the other: what they need where nothing else slows them down. Less exact
    /// than <see cref="Ratio"/>, and hardly moved by a busy machine.
    /// </summary>
    public double Least { get; }

    /// <summary>Half of the rounds lie between this and <see cref="High"/>.</summary>
    public double Low => ratios[ratios.Length / 4];

    public double High => ratios[ratios.Length - 1 - (ratios.Length / 4)];

    /// <summary>Bytes of one operation; null where they were not counted.</summary>
    public double? MeasuredBytes { get; init; }

    public double? FloorBytes { get; init; }

    public string ShowRatio() => Format.Text($"{Ratio:0.00} ({Low:0.00} to {High:0.00})");

    public string ShowSpeedUp() => Format.Text($"{1 / Ratio:0.0} x faster ({1 / High:0.0} to {1 / Low:0.0})");

    public string ShowTimes() =>
        $"{Format.Time(Measured)} to {Format.Time(Floor)}"
        + (MeasuredBytes is { } bytes ? $", {Format.Bytes(bytes)} to {Format.Bytes(FloorBytes ?? 0)}" : string.Empty);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
