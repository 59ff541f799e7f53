using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Issuing;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Issuing;

/// <summary>Limits, counters, and the end of everything of one subject, in each kind of store.</summary>
[Trait("Feature", "E6")]
public sealed class UsageTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly ManualTimeProvider clock = new();
    private RedisServer? redis;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        if (redis is not null)
        {
            await redis.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    [InlineData("foreign")]
    public async Task A_token_and_a_client_are_held_to_their_limits_by_all_issuers_of_a_store_together(string kind)
    {
        ITokenStore store = await OpenAsync(kind);
        AuthIssuer one = Issuer(store), two = Issuer(store);
        string token = (await one.IssueAsync(Grant("alice", "portal"), Stop)).AccessToken.Reveal();
        for (int i = 0; i < 3; i++)
        {
            Assert.Null((await (i % 2 == 0 ? one : two).ValidateAsync(token, Stop)).Failure);
        }

        TokenStatus refused = await two.ValidateAsync(token, Stop);
        Assert.Equal((AuthErrorId.RateLimited, 429), (refused.Failure, refused.StatusCode));
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(60));

        // One sign-in and three tests of this client are counted, of five uses.
        string other = (await one.IssueAsync(Grant("bob", "portal"), Stop)).AccessToken.Reveal();
        Assert.Equal(AuthErrorId.RateLimited, (await one.ValidateAsync(other, Stop)).Failure);
        AuthException full = await Assert.ThrowsAnyAsync<AuthException>(() => two.IssueAsync(Grant("carol", "portal"), Stop));
        Assert.Equal(AuthErrorId.RateLimited, full.Code);
        Assert.NotNull(full.RetryAfter);
        Assert.Null((await one.ValidateAsync((await one.IssueAsync(Grant("alice", "another"), Stop)).AccessToken.Reveal(), Stop)).Failure);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await one.ValidateAsync(token, Stop)).Failure);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task An_operator_reads_who_has_which_tokens_and_how_often_they_are_used(string kind)
    {
        ITokenStore store = await OpenAsync(kind);
        AuthIssuer one = Tracking(store), two = Tracking(store);
        IssuedTokens first = await one.IssueAsync(Grant("alice", "portal"), Stop);
        IssuedTokens second = await two.RefreshAsync(first.RefreshToken!.Reveal(), Stop, clientId: "portal");
        await two.IssueAsync(Grant("alice", null), Stop);
        IssuedTokens bobs = await one.IssueAsync(Grant("bob", "portal"), Stop);
        await one.ValidateAsync(second.AccessToken.Reveal(), Stop);
        await two.ValidateAsync(second.AccessToken.Reveal(), Stop, ["admin"]);
        await two.ReadUsageAsync("nobody", null, Stop);
        await one.RevokeAsync(bobs.RefreshToken!.Reveal(), Stop);

        IReadOnlyList<IssuerUsage> all = await one.ReadUsageAsync(null, null, Stop);
        Assert.Equal([("alice", null), ("alice", "portal"), ("bob", "portal")], all.Select(usage => (usage.Subject, usage.ClientId)));
        IssuerUsage portal = all[1];
        Assert.Equal((1, 1, 1L, 1L, 1L, 1L, 0L), (portal.AccessTokens, portal.RefreshTokens, portal.Issued, portal.Refreshed, portal.Validated, portal.Refused, portal.Revoked));
        Assert.Equal((0, 0, 2L), (all[2].AccessTokens, all[2].RefreshTokens, all[2].Revoked));
        Assert.Equal((3, 5), (portal.TokenRateLimit, portal.ClientRateLimit));
        Assert.Equal("bob", Assert.Single(await two.ReadUsageAsync("bob", "portal", Stop)).Subject);

        clock.Advance(TimeSpan.FromDays(2));
        Assert.All(await one.ReadUsageAsync(null, null, Stop), usage => Assert.Equal((0, 0), (usage.AccessTokens, usage.RefreshTokens)));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task Everything_of_one_subject_ends_at_once_and_nothing_of_another(string kind)
    {
        ITokenStore store = await OpenAsync(kind);
        AuthIssuer issuer = Tracking(store), other = Tracking(store);
        IssuedTokens old = await issuer.IssueAsync(Grant("alice", "a"), Stop);
        IssuedTokens[] alices = [await issuer.RefreshAsync(old.RefreshToken!.Reveal(), Stop), await other.IssueAsync(Grant("alice", "b"), Stop)];
        IssuedTokens bobs = await issuer.IssueAsync(Grant("bob", "c"), Stop);

        Assert.Equal(4, await other.RevokeSubjectAsync("alice", null, Stop));
        foreach (IssuedTokens tokens in alices)
        {
            Assert.Equal(AuthErrorId.TokenInactive, (await issuer.ValidateAsync(tokens.AccessToken.Reveal(), Stop)).Failure);
            AuthException refused = await Assert.ThrowsAnyAsync<AuthException>(() => issuer.RefreshAsync(tokens.RefreshToken!.Reveal(), Stop));
            Assert.Equal(AuthErrorId.TokenInactive, refused.Code);
        }

        Assert.Null((await issuer.ValidateAsync(bobs.AccessToken.Reveal(), Stop)).Failure);
        Assert.Equal(0, await issuer.RevokeSubjectAsync("alice", null, Stop));
        Assert.Null((await issuer.ValidateAsync((await issuer.IssueAsync(Grant("alice", "a"), Stop)).AccessToken.Reveal(), Stop)).Failure);
    }

    [Fact]
    public async Task Tokens_issued_at_the_same_moment_are_not_missed()
    {
        var store = new MemoryStore(TimeProvider.System);
        AuthIssuer issuer = new(store, TimeProvider.System) { TracksUsage = true };
        var issued = new List<Task<IssuedTokens>>();
        for (int i = 0; i < 40; i++)
        {
            issued.Add(Task.Run(() => issuer.IssueAsync(Grant("alice", "a"), Stop), Stop));
        }

        Task<int> ended = issuer.RevokeSubjectAsync("alice", null, Stop);
        IssuedTokens[] all = await Task.WhenAll(issued);
        int alive = 0;
        foreach (IssuedTokens tokens in all)
        {
            alive += (await issuer.ValidateAsync(tokens.AccessToken.Reveal(), Stop)).IsActive ? 2 : 0;
        }

        Assert.Equal(80, await ended + alive);
        IssuerUsage usage = Assert.Single(await issuer.ReadUsageAsync("alice", null, Stop));
        Assert.Equal(alive, usage.AccessTokens + usage.RefreshTokens);
    }

    [Fact]
    public async Task An_issuer_that_does_not_keep_who_has_which_says_how_to()
    {
        var issuer = new AuthIssuer(new MemoryStore(clock), clock);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => issuer.RevokeSubjectAsync("alice", null, Stop));
        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.Contains("-TrackUsage", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_that_wait_to_be_written_are_bounded_and_written_after_a_while()
    {
        var store = new MemoryStore(clock);
        AuthIssuer issuer = Tracking(store), other = Tracking(store);
        string token = (await issuer.IssueAsync(Grant("alice", null), Stop)).AccessToken.Reveal();
        await issuer.ValidateAsync(token, Stop);
        Assert.Equal(0, Assert.Single(await other.ReadUsageAsync("alice", null, Stop)).Validated);
        clock.Advance(TimeSpan.FromSeconds(5));
        await issuer.ValidateAsync(token, Stop);
        Assert.Equal(2, Assert.Single(await other.ReadUsageAsync("alice", null, Stop)).Validated);
    }

    private static TokenGrant Grant(string subject, string? clientId) => new() { Subject = subject, ClientId = clientId };

    private AuthIssuer Issuer(ITokenStore store) => new(store, clock) { TokenRateLimit = 3, ClientRateLimit = 5 };

    private AuthIssuer Tracking(ITokenStore store) => new(store, clock) { TracksUsage = true, TokenRateLimit = 3, ClientRateLimit = 5, RateWindow = TimeSpan.FromMinutes(1) };

    private async Task<ITokenStore> OpenAsync(string kind)
    {
        switch (kind)
        {
            case "file":
                return Seal(new FileStore(folder.File("store"), clock));
            case "redis":
                redis = await RedisServer.StartAsync();
                return Seal(new RedisStore(RedisAddress.Parse(redis.Address, new TestEnvironment()), TimeProvider.System));
            case "foreign":
                return new ForeignStore(new MemoryStore(clock));
            default:
                return new MemoryStore(clock);
        }

        static EncryptedStore Seal(ITokenStore plain) => new(plain, StoreKey.FromBytes(new byte[32], "A test key"));
    }

    /// <summary>A store of somebody's own: it has the seven members and no more.</summary>
    private sealed class ForeignStore(ITokenStore inner) : ITokenStore
    {
        public string Name => "foreign";

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

        public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) => inner.SetAsync(key, value, lifetime, cancellationToken);

        public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) => inner.AddAsync(key, value, lifetime, cancellationToken);

        public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) => inner.TakeAsync(key, cancellationToken);

        public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) => inner.RemoveAsync(key, cancellationToken);

        public ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) => inner.LockAsync(key, lease, cancellationToken);
    }
}
