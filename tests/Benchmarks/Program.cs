using System;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Fleet;

namespace AuthModule.Benchmarks;

/// <summary>Measurements that are read by people, not asserted: <c>dotnet run -c Release --project tests/Benchmarks -- fleet</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments is [string name, ..] ? name : string.Empty)
        {
            case "fleet":
                FleetModel.Print(Console.Out);
                return 0;
            case "fleet-redis":
                return await FleetRun.PrintAsync(Console.Out, processes: 64);
            default:
                Console.Error.WriteLine("fleet         a model of 100,000 workers: token requests per second at the service");
                Console.Error.WriteLine("fleet-redis   64 real processes on one Redis: the same, counted");
                return 2;
        }
    }
}
