using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace AuthModule.Benchmarks;

/// <summary>Runs benchmarks one after the other and prints their rows as they come.</summary>
internal static class BenchmarkRun
{
    /// <returns>0; 1 if a result is wrong; 2 if one that was asked for by its name could not be run.</returns>
    public static async Task<int> RunAsync(IEnumerable<IBenchmark> benchmarks, bool isChosen, TextWriter output)
    {
        int wrong = 0, missing = 0, beyond = 0;
        await output.WriteLineAsync("| what | floor or peer | result | reach | verdict | measured to floor |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- |");
        foreach (IBenchmark benchmark in benchmarks)
        {
            try
            {
                foreach (Row row in await benchmark.RunAsync())
                {
                    beyond += row.IsWithinReach ? 0 : 1;
                    await output.WriteLineAsync($"| {row.What} | {row.Against} | {row.Result} | {row.Reach} | {(row.IsWithinReach ? "within" : "BEYOND")} | {row.Note} |");
                }
            }
            catch (WrongResultException fault)
            {
                wrong++;
                await output.WriteLineAsync($"WRONG: {benchmark.Name}: {fault.Message}");
            }
            catch (MissingProgramException fault)
            {
                missing++;
                await output.WriteLineAsync($"NOT RUN: {benchmark.Name}: {fault.Message}");
            }
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(
            wrong > 0 ? $"WRONG: {wrong} of the results cannot be right."
            : beyond > 0 ? $"All results are right; {beyond} beyond reach."
            : "All results are right and within reach.");
        return wrong > 0 ? 1 : missing > 0 && isChosen ? 2 : 0;
    }
}
