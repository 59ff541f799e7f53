using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TestKit.Servers;
using AuthModule.TokenTesting;

namespace AuthModule.Core.Tests.Limits;

/// <summary>Alone: what it measures is the process's.</summary>
[CollectionDefinition(nameof(SoakTests), DisableParallelization = true)]
public sealed class SoakCollection;

/// <summary>
/// Many sessions got, renewed, tested and revoked again and again: when the caches are warm, memory, handles and threads stay
/// where they are. One minute, or <c>AUTHMODULE_SOAK_MINUTES</c>.
/// </summary>
[Collection(nameof(SoakTests))]
public sealed class SoakTests
{
    private const int Sessions = 50;
    private const int WarmRounds = 40;

    // What a collection or a pooled connection more or less makes; a leak of one object per round is far more within a minute.
    private const long MaxMoreBytes = 8 * 1024 * 1024;
    private const int MaxMoreHandles = 60;
    private const int MaxMoreThreads = 12;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("AUTHMODULE_SOAK_MINUTES"), NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes) ? minutes : 1);

    [Fact]
    [Trait("Feature", "D2")]
    public async Task Memory_handles_and_threads_stay_where_they_are()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.KeepsRequests = false;
        int issued = 0;
        server.On("GET", "/.well-known/openid-configuration", $$"""{"issuer":"{{server.Address}}","token_endpoint":"{{server.Address}}/token","revocation_endpoint":"{{server.Address}}/revoke","introspection_endpoint":"{{server.Address}}/introspect"}""")
            .On("POST", "/token", _ => Interlocked.Increment(ref issued) is var n ? new ScriptedReply($$"""{"access_token":"at{{n}}","refresh_token":"rt{{n}}","token_type":"Bearer","expires_in":3600}""") : throw new InvalidOperationException())
            .On("POST", "/revoke", "{}")
            .On("POST", "/introspect", """{"active":true,"sub":"ann"}""");
        var host = new EngineHost();
        long started = Stopwatch.GetTimestamp();
        int rounds = 0;
        for (; rounds < WarmRounds; rounds++)
        {
            await RoundAsync(host, server);
        }

        Plateau first = Plateau.Measure();
        while (Stopwatch.GetElapsedTime(started) < Length)
        {
            await RoundAsync(host, server);
            rounds++;
        }

        Plateau second = Plateau.Measure();
        Figures.Add("soak", FormattableString.Invariant(
            $"{Length.TotalMinutes:0.##} minutes, {rounds} rounds of {Sessions} sessions, {issued} tokens; before {first}; after {second}"));
        Assert.InRange(second.Bytes - first.Bytes, long.MinValue, MaxMoreBytes);
        Assert.InRange(second.Handles - first.Handles, int.MinValue, MaxMoreHandles);
        Assert.InRange(second.Threads - first.Threads, int.MinValue, MaxMoreThreads);
        Assert.Empty(host.Table.All);
        GC.KeepAlive(host);
    }

    // A failing server in between, so that failures are remembered and forgotten too.
    private static Task RoundAsync(EngineHost host, ScriptedServer server) => Parallel.ForEachAsync(
        Enumerable.Range(0, Sessions),
        new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
        async (number, stop) =>
        {
            var request = new TokenRequest { Authority = server.Address, ClientId = $"client{number}", Client = new ClientCredential { Secret = Secret.From($"secret-{number}") } };
            AuthSession session = host.Engine.Open(host.Table, request);
            await host.Engine.GetTokenAsync(host.Table, session, TokenRequirement.Default, NoLog.Instance, stop);
            AuthToken token = await host.Engine.GetTokenAsync(host.Table, session, TokenRequirement.Now, NoLog.Instance, stop);
            await host.Engine.Tester.TestAsync(host.Table, new TokenTestRequest { Session = session, Introspect = true, Service = request }, token.ToPlainText(), NoLog.Instance, stop);
            await Assert.ThrowsAnyAsync<AuthException>(async () => await host.Engine.GetTokenAsync(
                new SessionTable(), host.Engine.Open(new SessionTable(), request with { Authority = server.Address + "/away" }), TokenRequirement.Default, NoLog.Instance, stop));
            await host.Engine.RevokeAsync(host.Table, session, localOnly: false, NoLog.Instance, stop);
        });

    private readonly record struct Plateau(long Bytes, int Handles, int Threads)
    {
        public static Plateau Measure()
        {
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            using var process = Process.GetCurrentProcess();
            return new Plateau(GC.GetTotalMemory(forceFullCollection: true), process.HandleCount, process.Threads.Count);
        }

        public override string ToString() => FormattableString.Invariant($"{Bytes / 1024.0 / 1024.0:0.0} MiB, {Handles} handles, {Threads} threads");
    }
}
