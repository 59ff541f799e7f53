using System;
using AuthModule.Benchmarks.Processes;
using AuthModule.Benchmarks.Simulation;

// The first arguments choose what is measured. Ends with 0 if what was measured is right, 1 if not, 2 if nothing was run.
switch (args)
{
    case ["fleet"]:
        return FleetReport.Run(new SimulatedFleet(), Console.Out);

    case ["fleet", "--real"]:
        return await ProcessFleet.RunAsync(64, Console.Out);

    default:
        Console.WriteLine("dotnet run -c Release --project tests/Benchmarks -- NAME");
        Console.WriteLine();
        Console.WriteLine("  fleet          simulates 100,000 workers for a day: requests at the server by kind of cache");
        Console.WriteLine("  fleet --real   64 processes on one Redis: requests at a real server, and how long each waits");
        return args.Length == 0 ? 0 : 2;
}
