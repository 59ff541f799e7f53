using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TestKit.Processes;

namespace AuthModule.Core.Tests.Sessions;

public sealed class ManySessionsTests
{
    private const int Many = 100_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "D2")]
    public async Task A_hundred_thousand_sessions_are_found_as_fast_as_a_few()
    {
        var sender = new TokenSender();
        var engine = new AuthEngine(TimeProvider.System, sender, new TestEnvironment());
        var table = new SessionTable();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long few = 0;
        for (int i = 0; i < Many; i++)
        {
            await GetAsync(engine, table, i);
            if (i == 999)
            {
                few = WorkOfLookUps(engine, table, 1000);
            }
        }

        long perSession = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;
        long many = WorkOfLookUps(engine, table, Many);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perSession} bytes per session (managed); {few} and {many} bytes of work per look-up among 1,000 and {Many:N0}.");
        Assert.Equal(Many, table.All.Count);
        Assert.Equal(Many, sender.Requests);
        Assert.InRange(many, few * 0.8, few * 1.2);
        Assert.InRange(perSession, 1, 16 * 1024);
    }

    [Fact]
    [Trait("Feature", "D2")]
    public async Task A_session_is_freed_with_its_runspace()
    {
        var engine = new AuthEngine(TimeProvider.System, new TokenSender(), new TestEnvironment());
        WeakReference session = await OpenAndLeaveAsync(engine);
        for (int i = 0; i < 10 && session.IsAlive; i++)
        {
            await Task.Yield(); // Off the stack that the session came by.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(session.IsAlive);
    }

    [Fact]
    [Trait("Feature", "D12")]
    public async Task The_cached_path_and_an_RS256_validation_load_no_library_that_they_do_not_need()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        using StoreWorker worker = fleet.StartWorker("memory", "client_credentials", "loaded");
        Assert.Equal("ready", await worker.ReadAsync(Stop));
        worker.Go();
        string[] loaded = (await worker.ReadAsync(Stop))!.Split(' ');
        Assert.Contains("AuthModule.Core", loaded);
        foreach (string needless in (string[])["Polly", "Microsoft.Extensions", "Microsoft.IdentityModel", "BouncyCastle", "QRCoder", "System.Security.Cryptography.ProtectedData", "StackExchange", "Pipelines.Sockets"])
        {
            Assert.DoesNotContain(loaded, name => name.StartsWith(needless, StringComparison.Ordinal));
        }
    }

    [Fact]
    [Trait("Feature", "D12")]
    public async Task The_libraries_that_repeat_are_loaded_by_a_repetition_and_only_those()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        int asked = 0;
        fleet.Server.Intercept = context =>
        {
            bool isBusy = context.Request.Path == "/token" && Interlocked.Increment(ref asked) == 1;
            if (isBusy)
            {
                context.Response.StatusCode = 503;
            }

            return Task.FromResult(isBusy);
        };
        using StoreWorker worker = fleet.StartWorker("memory", "client_credentials", "loaded");
        Assert.Equal("ready", await worker.ReadAsync(Stop));
        worker.Go();
        string[] loaded = (await worker.ReadAsync(Stop))!.Split(' ');
        Assert.Equal(2, asked);
        Assert.Equal(
            ["Microsoft.Extensions.Http.Polly", "Polly", "Polly.Core"],
            loaded.Where(name => name.StartsWith("Polly", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static async Task<WeakReference> OpenAndLeaveAsync(AuthEngine engine) =>
        new((await GetAsync(engine, new SessionTable(), 1)).Session);

    private static async Task<AuthToken> GetAsync(AuthEngine engine, SessionTable table, int i) =>
        await engine.GetTokenAsync(table, engine.Open(table, Request(i)), TokenRequirement.Default, NoLog.Instance, Stop);

    // Work is told by what it allocates, which no other load on the machine changes.
    private static long WorkOfLookUps(AuthEngine engine, SessionTable table, int among)
    {
        const int LookUps = 200;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < LookUps; i++)
        {
            int which = i * (among / LookUps);
            AuthSession session = engine.Open(table, Request(which));
            Assert.True(engine.GetTokenAsync(table, session, TokenRequirement.Default, NoLog.Instance, Stop).IsCompletedSuccessfully);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / LookUps;
    }

    private static TokenRequest Request(int i) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = "https://id.contoso.com/token",
        ClientId = "client",
        Client = new ClientCredential { Secret = Secret.From(FormattableString.Invariant($"secret-{i:000000}")) },
    };

    private sealed class TokenSender : IHttpSender
    {
        private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"access_token":"0123456789012345678901234567890123456789","expires_in":3600}""");

        public int Requests { get; private set; }

        public Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new WireReply
            {
                Request = request,
                Status = 200,
                Body = Body,
                MediaType = "application/json",
                Headers = new Dictionary<string, string>(),
                SentAt = TimeProvider.System.GetTimestamp(),
            });
        }

        public Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Tokens are not asked for this way.");
    }
}
