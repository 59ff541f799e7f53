using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Benchmarks.PowerShell;

namespace AuthModule.Benchmarks.Rows;

/// <summary><c>Get-AuthToken</c> when its token is there, beside a compiled cmdlet with the same parameters that does nothing.</summary>
internal sealed class CachedCmdletBenchmark : IBenchmark
{
    public string Name => "cmdlet";

    public string Summary => "cached Get-AuthToken beside a compiled cmdlet with the same parameters and an empty body";

    public bool NeedsPowerShell => true;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        using var server = new LeanTokenServer("grant_type=client_credentials&client_id=nightly&client_secret=secret");
        using Shell shell = await Shell.StartAsync(
            "Measure-CachedCmdlet.ps1", "-Module", ModuleUnderTest.Manifest, "-Floor", await ModuleUnderTest.FloorManifestAsync(), "-TokenEndpoint", server.Endpoint);
        Comparison times = await new Pair(count => shell.DoAsync("measured", count), count => shell.DoAsync("floor", count))
        {
            // The round trip to the other process is in both sides; it must not count.
            Batch = TimeSpan.FromMilliseconds(200),
            WarmUp = TimeSpan.FromSeconds(3),
            CountsBytes = false,
        }.RunAsync();
        WrongResultException.Require(server.Requests == 1, $"{server.Requests} requests were sent for one token");
        return [Row.AtMost("cached Get-AuthToken", "a compiled cmdlet with the same parameters and an empty body", times, 1.2)];
    }
}
