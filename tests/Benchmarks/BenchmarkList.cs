using System.Collections.Generic;
using AuthModule.Benchmarks.Rows;

namespace AuthModule.Benchmarks;

/// <summary>All benchmarks, in the order of the table. A new one is one file and one line here.</summary>
internal static class BenchmarkList
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new ImportBenchmark(),
        new CachedCmdletBenchmark(),
        new FirstTokenBenchmark(),
        new AcquisitionBenchmark(),
        new CachedTokenBenchmark(),
        new ValidationBenchmark(),
        new SeenTokenBenchmark(),
        new PipelineBenchmark(),
        new ColdCallersBenchmark(),
        new SessionLookUpBenchmark(),
        new RedisBenchmark(),
    ];
}
