using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Stores;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.Tokens;

namespace AuthModule.Core.Tests.Sessions;

public sealed class SharedStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("file")]
    [InlineData("redis")]
    [Trait("Feature", "N11")]
    public async Task No_token_secret_or_name_can_be_read_in_a_store(string kind)
    {
        using var folder = new TestFolder();
        await using RedisServer? redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        AuthToken token = await engine.GetAsync(fleet.Request("password", redis?.Address ?? "file:" + folder.Path));
        string content = redis is null
            ? string.Concat(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => file + Encoding.Latin1.GetString(File.ReadAllBytes(file))))
            : await redis.AskAsync("EVAL", "local all = {} for _, k in ipairs(redis.call('keys', '*')) do all[#all+1] = k all[#all+1] = redis.call('get', k) end return all", "0");
        Assert.True(content.Length > 100);
        foreach (string secret in (string[])[token.ToPlainText(), token.Tokens.RefreshToken!.Reveal(), Fleet.Password, "fleet-secret", "alice", "fleet", fleet.TokenEndpoint, token.Session.Key.Name])
        {
            Assert.DoesNotContain(secret, content, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), content, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task The_store_may_come_from_the_environment_and_works_without_a_key_being_set()
    {
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        AuthToken[] tokens = new AuthToken[2];
        for (int i = 0; i < 2; i++)
        {
            var engine = new EngineHost();
            engine.Variables["HOME"] = folder.Path;
            engine.Variables["AUTHMODULE_STORE"] = "file";
            tokens[i] = await engine.GetAsync(fleet.Request("client_credentials"));
        }

        Assert.Equal(tokens[0].ToPlainText(), tokens[1].ToPlainText());
        Assert.StartsWith("file:", tokens[0].Session.Store, StringComparison.Ordinal);
        Assert.Equal(1, fleet.TokenRequests);
    }

    [Fact]
    [Trait("Feature", "N2")]
    public async Task The_same_store_with_another_secret_is_another_session()
    {
        using var folder = new TestFolder();
        await using TokenServer server = await TokenServer.StartAsync(3600);
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        string store = "file:" + folder.Path;
        AuthToken one = await engine.GetAsync(server.Client("one") with { Store = store });
        AuthToken two = await engine.GetAsync(server.Client("two") with { Store = store });
        AuthToken memory = await engine.GetAsync(server.Client("one"));
        Assert.Equal(["token-1", "token-2", "token-3"], (string[])[one.ToPlainText(), two.ToPlainText(), memory.ToPlainText()]);
    }

    [Fact]
    public async Task A_store_that_is_down_is_an_error_and_a_usable_token_is_still_served()
    {
        var clock = new ManualTimeProvider();
        await using TokenServer server = await TokenServer.StartAsync(3600);
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine(clock);
        TokenRequest request = server.Client() with { Store = "file:" + folder.File("store") };
        AuthToken first = await engine.GetAsync(request);
        Directory.Delete(folder.File("store"), recursive: true);
        await File.WriteAllTextAsync(folder.File("store"), "in the way", Stop);
        clock.Advance(TimeSpan.FromMinutes(59.2));
        Assert.Same(first, await engine.GetAsync(request));
        await engine.Engine.WhenRenewedAsync();
        Assert.Equal(AuthErrorId.StoreUnavailable, first.Session.LastError!.Code);
        clock.Advance(TimeSpan.FromMinutes(2));
        AuthException down = await Assert.ThrowsAnyAsync<AuthException>(() => engine.GetAsync(request));
        Assert.Equal(AuthErrorId.StoreUnavailable, down.Code);
    }

    [Theory]
    [InlineData(0, 0, 30)]
    [InlineData(0, 600, 30)]
    [InlineData(-7200, 0, 30)]
    [Trait("Feature", "N8")]
    public void A_stored_token_ends_when_the_service_says_so(int writerOff, int agedWallOnly, int expectedMinutes)
    {
        // The writer's clock is off by so much; it knows that from the service's Date, and its machine keeps the wrong clock.
        var writer = new ManualTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(writerOff));
        TokenSet tokens = Tokens(writer, TimeSpan.FromHours(1), skew: TimeSpan.FromSeconds(-writerOff));
        writer.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(agedWallOnly));
        byte[] stored = StoredTokens.Write(tokens, writer);
        writer.Advance(TimeSpan.FromSeconds(agedWallOnly));
        TokenSet same = StoredTokens.Read(stored, writer, measuredSkew: null);
        Assert.Equal(expectedMinutes, same.Remaining.TotalMinutes, 0.01);

        // A reader with another wrong clock who has heard the service itself.
        var reader = new ManualTimeProvider(writer.GetUtcNow().AddSeconds(-writerOff + 5000));
        Assert.Equal(expectedMinutes, StoredTokens.Read(stored, reader, TimeSpan.FromSeconds(-5000)).Remaining.TotalMinutes, 0.01);
    }

    [Theory]
    [Trait("Feature", "N8")]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    public void A_wall_clock_that_is_set_right_keeps_no_stored_token_alive(int hoursAhead, bool isSetRight)
    {
        // The machine's clock is off; the service's Date told so when the token was got.
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero).AddHours(hoursAhead));
        byte[] stored = StoredTokens.Write(Tokens(clock, TimeSpan.FromHours(1), skew: TimeSpan.FromHours(-hoursAhead)), clock);
        clock.Advance(TimeSpan.FromMinutes(30));
        if (isSetRight)
        {
            clock.SetUtcNow(clock.GetUtcNow().AddHours(-hoursAhead));
        }

        // Whether the clock was set or not, another process of this machine sees what is really left.
        Assert.Equal(30, StoredTokens.Read(stored, clock, measuredSkew: null).Remaining.TotalMinutes, 0.01);
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.True(StoredTokens.Read(stored, clock, measuredSkew: null).Remaining <= TimeSpan.Zero);
    }

    [Fact]
    [Trait("Feature", "N8")]
    public void A_clock_that_went_back_does_not_make_a_stored_token_live_longer()
    {
        var clock = new ManualTimeProvider();
        byte[] stored = StoredTokens.Write(Tokens(clock, TimeSpan.FromHours(1), skew: null), clock);
        clock.SetUtcNow(clock.GetUtcNow().AddDays(-3));

        // More left than it ever had: one renewal, not a token of unknown age.
        Assert.True(StoredTokens.Read(stored, clock, null).Remaining <= TimeSpan.Zero);
    }

    [Theory]
    [Trait("Feature", "N8")]
    [InlineData(60, 5)]
    [InlineData(3600, 59)]
    [InlineData(86400, 59)]
    public void Clocks_that_differ_a_little_cause_no_renewal(int lifetime, int secondsBehind)
    {
        var clock = new ManualTimeProvider();
        byte[] stored = StoredTokens.Write(Tokens(clock, TimeSpan.FromSeconds(lifetime), skew: null), clock);
        var other = new ManualTimeProvider(clock.GetUtcNow().AddSeconds(-secondsBehind));
        Assert.Equal(lifetime, StoredTokens.Read(stored, other, null).Remaining.TotalSeconds, 0.01);
    }

    [Fact]
    public void Tokens_come_back_from_a_store_as_they_went_in()
    {
        var clock = new ManualTimeProvider();
        DateTimeOffset doubt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        TokenSet tokens = new(clock, clock.GetTimestamp())
        {
            AccessToken = Secret.From("a\"ä"),
            RefreshToken = Secret.From("r"),
            IdToken = Secret.From("i"),
            TokenType = "DPoP",
            Scopes = ["x", "y z"],
            Subject = "alice",
            SignInGrant = "password",
            IssuedOn = clock.GetUtcNow(),
            ExpiresOn = DateTimeOffset.MaxValue,
            Lifetime = TimeSpan.MaxValue,
            InDoubtSince = doubt,
        };
        TokenSet read = StoredTokens.Read(StoredTokens.Write(tokens, clock), clock, null);
        Assert.Equal(
            ("a\"ä", "r", "i", "DPoP", "x,y z", "alice", "password", TimeSpan.MaxValue, DateTimeOffset.MaxValue, doubt),
            (read.AccessToken.Reveal(), read.RefreshToken!.Reveal(), read.IdToken!.Reveal(), read.TokenType, string.Join(',', read.Scopes), read.Subject, read.SignInGrant, read.Lifetime, read.ExpiresOn, read.InDoubtSince));
    }

    [Theory]
    [Trait("Feature", "N11")]
    [InlineData("1800", 1.4, 1.6)]
    [InlineData("\"1800\"", 1.4, 1.6)]
    [InlineData("0", 89 * 24, 91 * 24)]
    [InlineData("null", 89 * 24, 91 * 24)]
    [InlineData("\"soon\"", 89 * 24, 91 * 24)]
    public async Task A_refresh_token_is_kept_for_its_life_and_an_hour_where_the_service_tells_it(string seconds, double hoursThere, double hoursGone)
    {
        var clock = new ManualTimeProvider();
        var store = new SharedSessionStore(new OpenStore(new MemoryStore(clock), StoreKey.FromBytes(new byte[StoreKey.Length], "the test")), clock, TimeSpan.FromSeconds(10));
        AuthSession session = new EngineHost(clock).Engine.Open(new SessionTable(), new TokenRequest { Authority = "https://id.example.com", ClientId = "c1" });
        var request = new WireRequest("token request", "https://id.example.com", HttpMethod.Post, new Uri("https://id.example.com/token"));
        byte[] body = Encoding.UTF8.GetBytes($$"""{"access_token":"a1","expires_in":60,"refresh_token":"r1","refresh_expires_in":{{seconds}}}""");
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        WireReply reply = ReplyHeaders.Read(request, response, body, clock.GetTimestamp(), clock);
        await store.WriteAsync(session.Key, TokenReplyReader.Read(ReplyDocument.Read(reply), new ReplyDescription(), new TokenReplyContext(clock, "password")), FreeLock.Instance, Stop);

        clock.Advance(TimeSpan.FromHours(hoursThere));
        Assert.NotNull(await store.ReadAsync(session, Stop));
        clock.Advance(TimeSpan.FromHours(hoursGone - hoursThere));
        Assert.Null(await store.ReadAsync(session, Stop));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"v\":2}")]
    [InlineData("{\"v\":1,\"access\":1}")]
    [InlineData("{\"v\":1,\"access\":\"a\",\"lifetime\":\"x\"}")]
    public void What_is_no_session_is_not_read_as_one(string json) =>
        Assert.Throws<InvalidDataException>(() => StoredTokens.Read(Encoding.UTF8.GetBytes(json), TimeProvider.System, null));

    private static TokenSet Tokens(TimeProvider clock, TimeSpan lifetime, TimeSpan? skew) => new(clock, clock.GetTimestamp())
    {
        AccessToken = Secret.From("a"),
        IssuedOn = clock.GetUtcNow(),
        ExpiresOn = clock.GetUtcNow() + lifetime,
        Lifetime = lifetime,
        SignInGrant = "client_credentials",
        Skew = skew,
    };
}
