using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>Prints a simulated day as a table.</summary>
internal static class FleetReport
{
    /// <returns>0; 1 if the result is wrong.</returns>
    public static int Run(SimulatedFleet model, TextWriter output)
    {
        FleetSimulation day = FleetSimulation.Run(model);
        TimeSpan started = model.TokenLifetime / 2;
        output.WriteLine(Text($"{model.Workers:N0} workers with {model.Credentials:N0} credentials, {model.Duration.TotalHours:N0} h, tokens of {model.TokenLifetime.TotalSeconds:N0} s,"));
        output.WriteLine(Text($"{day.Processes:N0} processes of {model.ProcessLifetime.TotalMinutes:N0} min, a token asked for every {model.ShortestPause.TotalMinutes:N0} to {model.LongestPause.TotalMinutes:N0} min"));
        output.WriteLine();
        output.WriteLine("                                            requests per second at the server       of no cache");
        output.WriteLine(Text($"                                requests        mean    peak  peak after {started.TotalMinutes:N0} min"));
        foreach (RequestCurve curve in (RequestCurve[])[day.NoCache, day.PerProcess, day.Shared, day.SharedWithoutJitter, day.SharedWithFailovers])
        {
            output.WriteLine(Text($"{curve.Name,-28}{curve.Total,12:N0}{curve.Mean,12:N2}{curve.Peak,8:N0}{curve.PeakAfter(started),19:N0}{"1/" + ((double)day.NoCache.Total / curve.Total).ToString("N1", CultureInfo.InvariantCulture),12}"));
        }

        output.WriteLine();
        output.WriteLine(Text($"failovers: every {model.FailoverInterval.TotalSeconds:N0} s, {model.FailoverTime.TotalSeconds:N0} s long; {day.LostTokens:N0} tokens were lost with the nodes"));
        string[] failures = [.. FleetCheck.Failures(model, day)];
        output.WriteLine();
        output.WriteLine(failures.Length == 0 ? "The numbers hold together." : "WRONG: " + string.Join(Environment.NewLine + "WRONG: ", failures));
        return failures.Length == 0 ? 0 : 1;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
