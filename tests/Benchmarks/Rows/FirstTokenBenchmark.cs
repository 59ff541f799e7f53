using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Benchmarks.PowerShell;

namespace AuthModule.Benchmarks.Rows;

/// <summary>A new process that imports the module and gets one token, beside one that does it with <c>Invoke-RestMethod</c>.</summary>
internal sealed class FirstTokenBenchmark : IBenchmark
{
    private const string Secret = "a-secret-of-usual-length-0123456789";

    public string Name => "first";

    public string Summary => "the first token in a new process beside Invoke-RestMethod without a module";

    public bool NeedsPowerShell => true;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        using var server = new LeanTokenServer($"grant_type=client_credentials&client_id=nightly&client_secret={Secret}");
        string module = $"Import-Module '{ModuleUnderTest.Manifest}'; Get-AuthToken -Provider oauth2 -TokenEndpoint '{server.Endpoint}' -ClientId nightly -ClientAuthentication Post -AsPlainText";
        string bare = $"(Invoke-RestMethod '{server.Endpoint}' -Method Post -Body ([ordered]@{{ grant_type = 'client_credentials'; client_id = 'nightly'; client_secret = $env:AUTHMODULE_CLIENT_SECRET }})).access_token";
        Comparison times = await Turns.RunAsync(() => TimeAsync(module, server), () => TimeAsync(bare, server), rounds: 15);
        WrongResultException.Require(server.WrongRequests == 0, $"{server.WrongRequests} requests were not the same form");
        return [Row.AtMost("first token: new process, import, client credentials over loopback", "the same with Invoke-RestMethod and no module", times, 1.3)];
    }

    private static async Task<double> TimeAsync(string command, LeanTokenServer server)
    {
        int before = server.Requests;
        long start = Stopwatch.GetTimestamp();
        string token = await Shell.RunAsync([("AUTHMODULE_CLIENT_SECRET", Secret)], ["-Command", command]);
        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        WrongResultException.Require(server.Requests == before + 1 && token == LeanTokenServer.TokenOf(server.Requests), $"the process wrote '{token}', which is not the token of its one request");
        return time;
    }
}
