using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Benchmarks.PowerShell;
using AuthModule.Http;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TestKit.Jwts;
using AuthModule.TokenTesting;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Different tokens through one pipeline of <c>Test-AuthToken</c>, beside the same calls in the engine.</summary>
internal sealed class PipelineBenchmark : IBenchmark
{
    private const int Tokens = 10_000;
    private const double Least = 0.7;

    public string Name => "pipeline";

    public string Summary => "10,000 tokens through Test-AuthToken beside the same calls in the engine";

    public bool NeedsPowerShell => true;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        string module = ModuleUnderTest.Manifest;
        var signed = new SignedTokens("RS256", Tokens);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("authmodule-bench-");
        try
        {
            string tokenFile = Path.Combine(folder.FullName, "tokens.txt"), jwks = Path.Combine(folder.FullName, "keys.json");
            await File.WriteAllLinesAsync(tokenFile, signed.Tokens);
            await File.WriteAllBytesAsync(jwks, TestIssuer.Shared.Jwks);
            using Shell shell = await Shell.StartAsync(
                "Measure-Pipeline.ps1", "-Module", module, "-TokenFile", tokenFile, "-Jwks", jwks, "-Issuer", TestIssuer.Name, "-Audience", TestIssuer.Audience);
            Comparison times = await new Pair(count => shell.DoAsync("measured", count), InEngine(signed.Tokens, jwks))
            {
                Batch = TimeSpan.FromMilliseconds(200),
                WarmUp = TimeSpan.FromSeconds(2),
                Rounds = 11,
                CountsBytes = false,
            }.RunAsync();
            double share = 1 / times.Ratio;
            return
            [
                new Row(
                    Format.Text($"{Tokens:N0} tokens through the Test-AuthToken pipeline"),
                    "the same calls in the engine",
                    Format.Text($"{share:0.00} of it ({1 / times.High:0.00} to {1 / times.Low:0.00})"),
                    Format.Text($"at least {Least:0.0} of it"),
                    share >= Least,
                    times.ShowTimes()),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Func<int, Task> InEngine(string[] tokens, string jwks)
    {
        var engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), new BareEnvironment());
        var request = new TokenTestRequest { Jwks = jwks, Rules = new() { Issuers = [TestIssuer.Name], Audiences = [TestIssuer.Audience] } };
        return async count =>
        {
            for (int i = 0; i < count; i++)
            {
                PreparedTest test = engine.Tester.PrepareTest(new SessionTable(), request);
                foreach (string token in tokens)
                {
                    TokenTestResult result = await test.TestAsync(token, NoLog.Instance, CancellationToken.None);
                    WrongResultException.Require(result.IsValid, $"the engine refused a good token: {result.Failure}");
                }
            }
        };
    }
}
