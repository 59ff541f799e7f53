using System;
using AuthModule.Benchmarks.Fleet;
using AuthModule.Benchmarks.Processes;
using AuthModule.Benchmarks.Simulation;

// The first arguments choose what is measured. Ends with 0 if what was measured is right, 1 if not, 2 if nothing was run.
switch (args)
{
    case ["fleet"]:
        return FleetReport.Run(new SimulatedFleet(), Console.Out);

    case ["fleet", "--real"]:
        return await ProcessFleet.RunAsync(64, Console.Out);

    case ["fleet-hours"]:
        FleetModel.Print(Console.Out);
        return 0;

    case ["fleet-redis"]:
        return await FleetRun.PrintAsync(Console.Out, processes: 64);

    default:
        Console.WriteLine("dotnet run -c Release --project tests/Benchmarks -- NAME");
        Console.WriteLine();
        Console.WriteLine("  fleet          simulates 100,000 workers for a day: requests at the server by kind of cache");
        Console.WriteLine("  fleet --real   64 processes on one Redis: requests at a real server, and how long each waits");
        Console.WriteLine("  fleet-hours    another fleet, for four hours, with workers that run on; prints only");
        Console.WriteLine("  fleet-redis    64 processes without a store, then on one Redis; prints only");
        return args.Length == 0 ? 0 : 2;
}
