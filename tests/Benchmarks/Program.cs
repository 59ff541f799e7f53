using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Benchmarks;
using AuthModule.Benchmarks.Processes;
using AuthModule.Benchmarks.Simulation;

// The arguments choose what is measured. Ends with 0 if what was measured is right, 1 if not, 2 if something could not be run.
switch (args)
{
    case ["fleet"]:
        return FleetReport.Run(new SimulatedFleet(), Console.Out);

    case ["fleet", "--real"]:
        return await ProcessFleet.RunAsync(64, Console.Out);

    case []:
        return await BenchmarkRun.RunAsync(BenchmarkList.All.Where(benchmark => !benchmark.NeedsPowerShell), isChosen: false, Console.Out);

    case ["all"]:
        return await BenchmarkRun.RunAsync(BenchmarkList.All, isChosen: false, Console.Out);
}

List<IBenchmark> chosen = [.. BenchmarkList.All.Where(benchmark => args.Contains(benchmark.Name, StringComparer.OrdinalIgnoreCase))];
if (chosen.Count == args.Length)
{
    return await BenchmarkRun.RunAsync(chosen, isChosen: true, Console.Out);
}

Console.WriteLine("dotnet run -c Release --project tests/Benchmarks [-- NAME ...]");
Console.WriteLine();
Console.WriteLine("  (nothing)      all that need no PowerShell");
Console.WriteLine("  all            all");
foreach (IBenchmark benchmark in BenchmarkList.All)
{
    Console.WriteLine($"  {benchmark.Name,-13}  {benchmark.Summary}");
}

Console.WriteLine("  fleet          simulates 100,000 workers for a day: requests at the server by kind of cache");
Console.WriteLine("  fleet --real   64 processes on one Redis: requests at a real server, and how long each waits");
return 2;
