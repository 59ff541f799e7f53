using AuthModule.Benchmarks.Measurement;

namespace AuthModule.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Against">The floor or the peer that ran in turn with it.</param>
/// <param name="Result">The ratio, or the count, as it is printed.</param>
/// <param name="Reach">What it should be.</param>
/// <param name="IsWithinReach">Whether it is.</param>
/// <param name="Note">Absolute times and allocations of this machine.</param>
internal sealed record Row(string What, string Against, string Result, string Reach, bool IsWithinReach, string Note = "")
{
    /// <summary>A measured cost that may be at most so many times the floor's.</summary>
    public static Row AtMost(string what, string against, Comparison times, double most) =>
        new(what, against, times.ShowRatio(), Format.Text($"at most {most:0.0#}"), times.Ratio <= most, times.ShowTimes());

    /// <summary>A peer's cost that has to be at least so many times the measured one.</summary>
    public static Row Faster(string what, string against, Comparison times, double least) =>
        new(what, against, times.ShowSpeedUp(), Format.Text($"at least {least:0.#} x faster"), 1 / times.Ratio >= least, times.ShowTimes());
}
