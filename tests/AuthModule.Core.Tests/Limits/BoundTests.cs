using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.Jose.Dpop;
using AuthModule.Jose.Tokens;
using AuthModule.Operations;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Telemetry;
using AuthModule.TestKit.Time;
using AuthModule.TokenTesting;
using AuthModule.Tokens;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Limits;

/// <summary>Whatever keeps something keeps so much and no more: caches, tables, queues. Filled past their bound, each is looked at.</summary>
public sealed class BoundTests
{
    private static readonly EngineHost Host = new();

    private readonly ManualTimeProvider clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Connections_by_setting()
    {
        var pool = new ConnectionPool();
        for (int i = 0; i < 3 * ConnectionPool.MaxClients; i++)
        {
            pool.For(TransportSettings.Default with { Proxy = new Uri($"http://proxy{i}.example") }, new Uri("https://id.example.com"));
            Assert.InRange(pool.Count, 1, ConnectionPool.MaxClients);
        }

        pool.Release();
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public void Entries_that_were_seen_in_shared_stores()
    {
        var newest = new NewestSeen();
        var tokens = new TokenSet(clock, clock.GetTimestamp())
        {
            AccessToken = Secret.From("a"), IssuedOn = clock.GetUtcNow(), ExpiresOn = clock.GetUtcNow(), Lifetime = TimeSpan.Zero, SignInGrant = "password",
        };
        for (int i = 0; i < NewestSeen.MaxSessions + 10; i++)
        {
            newest.Keep(Host.Engine.Open(new SessionTable(), new TokenRequest { Authority = "https://id.example.com", ClientId = $"c{i}" }).Key, new EntryRevision("l", i), tokens);
            Assert.InRange(newest.Count, 1, NewestSeen.MaxSessions);
        }
    }

    [Fact]
    public void Nonces_by_server()
    {
        var nonces = new DpopNonces();
        for (int i = 0; i < 2 * DpopNonces.MaxServers; i++)
        {
            nonces.Remember(new Uri($"https://h{i}.example"), "n");
        }

        Assert.InRange(nonces.Count, 1, DpopNonces.MaxServers);
    }

    [Fact]
    [Trait("Feature", "Y12")]
    public async Task Rate_limits_by_service()
    {
        var limiter = new ClientRateLimiter(clock);
        foreach (Service service in Services(2 * ClientRateLimiter.MaxServices))
        {
            await limiter.EnterAsync(service, "request", NoLog.Instance, Stop);
        }

        Assert.InRange(limiter.Count, 1, ClientRateLimiter.MaxServices);
    }

    [Fact]
    [Trait("Feature", "Y12")]
    public async Task A_service_that_asks_to_wait_for_a_century_is_asked_again_after_a_quarter_of_an_hour()
    {
        var limiter = new ClientRateLimiter(clock);
        Service service = Services(1).Single();
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", "2147483647");
        limiter.Learn(service, ReplyHeaders.Read(new WireRequest("request", service.Authority, HttpMethod.Get, new Uri(service.Authority)), response, [], 0, clock));

        var limited = await Assert.ThrowsAsync<AuthenticationException>(async () => await limiter.EnterAsync(service, "request", NoLog.Instance, Stop));
        clock.Advance(TimeSpan.FromMinutes(15));
        await limiter.EnterAsync(service, "request", NoLog.Instance, Stop);

        Assert.Equal(AuthErrorId.RateLimited, limited.Code);
        Assert.InRange(limited.RetryAfter!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    [Trait("Feature", "C6")]
    public void Key_sources_and_introspected_services()
    {
        var engine = new EngineHost();
        for (int i = 0; i < 2 * TokenTester.MaxKeySources; i++)
        {
            var service = new TokenRequest { Authority = $"https://h{i}.example", ClientId = "c" };
            engine.Engine.Tester.Prepare(engine.Table, new TokenTestRequest { Service = service });
            engine.Engine.Tester.PrepareTest(engine.Table, new TokenTestRequest { Service = service, Introspect = true });
        }

        Assert.InRange(engine.Engine.Tester.Counts.KeySources, 1, TokenTester.MaxKeySources);
        Assert.InRange(engine.Engine.Tester.Counts.Introspectors, 1, TokenTester.MaxKeySources);
    }

    [Fact]
    [Trait("Feature", "R1")]
    public async Task Metadata_by_server()
    {
        var source = new MetadataSource(new MetadataSender(clock), clock);
        for (int i = 0; i < 2 * MetadataSource.MaxServers; i++)
        {
            string authority = $"https://h{i}.example";
            await source.GetAsync(new MetadataQuery { Authority = authority, Service = authority }, TransportSettings.Default, NoLog.Instance, Stop);
        }

        Assert.InRange(source.Count, 1, MetadataSource.MaxServers);
    }

    [Fact]
    [Trait("Feature", "D2")]
    public async Task Tokens_of_the_process_and_sessions_of_a_runspace()
    {
        const int Most = 40;
        var store = new ProcessSessionStore(Most);
        var table = new SessionTable(Most);
        AuthSession? last = null;
        for (int i = 0; i < 10 * Most; i++)
        {
            last = Host.Engine.Open(new SessionTable(), Request($"client{i}"));
            await store.WriteAsync(last.Key, Tokens(TimeSpan.FromHours(1)), AuthModule.Core.Tests.Stores.FreeLock.Instance, Stop);
            table.SetCurrent(last);
            Assert.InRange(store.Count, 1, Most);
            Assert.InRange(table.All.Count, 1, Most);
        }

        Assert.Same(last, table.Current);
        Assert.Same(last, table.Find(last!.Id));
    }

    [Fact]
    [Trait("Feature", "N8")]
    public async Task Clock_skews_of_sessions_in_a_shared_store()
    {
        var key = StoreKey.FromBytes(new byte[StoreKey.Length], "the test");
        var store = new SharedSessionStore(new OpenStore(new MemoryStore(clock), key), clock, TimeSpan.FromSeconds(10));
        TokenSet tokens = Tokens(TimeSpan.FromSeconds(1));
        for (int i = 0; i < SharedSessionStore.MaxSkews + 100; i++)
        {
            await store.WriteAsync(Host.Engine.Open(new SessionTable(), Request($"client{i}")).Key, tokens, AuthModule.Core.Tests.Stores.FreeLock.Instance, Stop);
        }

        Assert.InRange(store.SkewCount, 1, SharedSessionStore.MaxSkews);
    }

    [Fact]
    [Trait("Feature", "N11")]
    public void Stores_of_a_process()
    {
        using var folder = new AuthModule.TestKit.Files.TestFolder();
        var catalog = new StoreCatalog(clock, new TestEnvironment { [StoreCatalog.KeyVariable] = Convert.ToBase64String(new byte[32]) });
        string Address(int i) => $"file:{folder.Path}/{i}";
        for (int i = 0; i < StoreCatalog.MaxStores; i++)
        {
            catalog.OpenShared(Address(i));
        }

        Assert.Equal(AuthErrorId.StoreUnavailable, Assert.ThrowsAny<AuthException>(() => catalog.OpenShared(Address(StoreCatalog.MaxStores))).Code);
        Assert.Same(catalog.OpenShared(Address(0)), catalog.OpenShared(Address(0)));
    }

    [Fact]
    public void Tokens_that_were_seen_lately()
    {
        var seen = new RecentTokens<string>(maxPerGeneration: 16);
        for (int i = 0; i < 1000; i++)
        {
            seen.Keep(TokenDigest.Of($"token{i}"), "x");
        }

        Assert.InRange(Enumerable.Range(0, 1000).Count(i => seen.Find(TokenDigest.Of($"token{i}")) is not null), 1, 32);
    }

    [Fact]
    public async Task Locks_by_key()
    {
        var locks = new KeyedLocks();
        for (int i = 0; i < 100; i++)
        {
            await (await locks.AcquireAsync($"key{i}", Stop)).DisposeAsync();
        }

        Assert.Equal(0, locks.Count);
    }

    [Fact]
    public void The_embedded_server_counts_paths_that_somebody_made_up_together()
    {
        var log = new AuthModule.TestServer.Recording.RequestLog();
        for (int i = 0; i < 20_000; i++)
        {
            log.Add(new AuthModule.TestServer.Hosting.ServedRequest
            {
                Time = clock.GetUtcNow(),
                Method = "GET",
                Path = $"/made-up/{i}",
                Query = [],
                Fields = [],
                Headers = new Dictionary<string, string>(),
            });
        }

        Assert.InRange(log.Paths, 1, 1001);
        Assert.Equal(10_000, log.Snapshot().Count);
    }

    private TokenSet Tokens(TimeSpan lifetime) => new(clock, clock.GetTimestamp())
    {
        AccessToken = Secret.From("a"),
        IssuedOn = clock.GetUtcNow(),
        ExpiresOn = clock.GetUtcNow() + lifetime,
        Lifetime = lifetime,
        SignInGrant = "client_credentials",
        Skew = TimeSpan.FromSeconds(1),
    };

    private static TokenRequest Request(string client) =>
        new() { Authority = "https://id.example.com", ClientId = client, Client = new ClientCredential { Secret = Secret.From("secret") } };

    private static IEnumerable<Service> Services(int count) =>
        Enumerable.Range(0, count).Select(static i => Host.Engine.Resolve(new TokenRequest { Authority = $"https://h{i}.example", ClientId = "c" }).Service);

    /// <summary>Answers for every server with that server's metadata.</summary>
    private sealed class MetadataSender(TimeProvider clock) : IHttpSender
    {
        public Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
        {
            using var response = new HttpResponseMessage(HttpStatusCode.OK);
            string body = $$"""{"issuer":"{{request.Url.GetLeftPart(UriPartial.Authority)}}"}""";
            return Task.FromResult(ReplyHeaders.Read(request, response, System.Text.Encoding.UTF8.GetBytes(body), clock.GetTimestamp(), clock));
        }

        public Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
