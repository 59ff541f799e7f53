using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Stores;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>Against a server whose refresh tokens work once and that kills the family on re-use.</summary>
public sealed class RotationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "N3")]
    public async Task Sixty_four_callers_through_a_hundred_rotations_lose_nothing()
    {
        var clock = new ManualTimeProvider();
        await using Fleet fleet = await Fleet.StartAsync(clock, TimeSpan.FromMinutes(10));
        EngineHost engine = fleet.NewEngine(clock);
        string refreshToken = await fleet.SignInAsync();
        TokenRequest request = fleet.Request("refresh_token", refreshToken: refreshToken);
        string last = string.Empty;
        for (int round = 0; round < 100; round++)
        {
            // Half of them in runspaces of their own, which share nothing but the credential.
            AuthToken[] tokens = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            {
                SessionTable table = i % 2 == 0 ? engine.Table : new SessionTable();
                return engine.Engine.GetTokenAsync(table, engine.Engine.Open(table, request), TokenRequirement.Default, engine.Log, Stop).AsTask();
            })));
            string token = Assert.Single(tokens.Select(token => token.ToPlainText()).Distinct());
            Assert.NotEqual(last, token);
            last = token;
            clock.Advance(TimeSpan.FromMinutes(11));
        }

        Assert.Equal((100, 0), (fleet.Count("refresh_token", 200), fleet.Count("refresh_token", 400)));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("redis")]
    [Trait("Feature", "N3")]
    public async Task Engines_that_share_a_store_rotate_in_turn(string kind)
    {
        using var folder = new TestFolder();
        await using RedisServer? redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        await using Fleet fleet = await Fleet.StartAsync();
        TokenRequest request = fleet.Request("refresh_token", redis?.Address ?? "file:" + folder.Path, await fleet.SignInAsync());
        EngineHost[] engines = [.. Enumerable.Range(0, 4).Select(_ => fleet.NewEngine())];
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            EngineHost engine = engines[i % engines.Length];
            for (int round = 0; round < 6; round++)
            {
                await engine.GetAsync(request, TokenRequirement.Now);
            }
        })));

        Assert.Equal(0, fleet.Count("refresh_token", 400));
        Assert.InRange(fleet.Count("refresh_token", 200), 6, 96);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_renewal_by_another_process_is_found_and_not_repeated()
    {
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        TokenRequest request = fleet.Request("password", "file:" + folder.Path);
        EngineHost mine = fleet.NewEngine(), theirs = fleet.NewEngine();
        AuthToken first = await mine.GetAsync(request);
        Assert.Equal(first.ToPlainText(), (await theirs.GetAsync(request)).ToPlainText());
        AuthToken renewed = await theirs.GetAsync(request, TokenRequirement.Now);
        AuthToken found = await mine.GetAsync(request, new TokenRequirement(TimeSpan.FromMinutes(53), false));
        Assert.Equal(first.ToPlainText(), found.ToPlainText());
        Assert.NotEqual(renewed.ToPlainText(), (await mine.GetAsync(request, TokenRequirement.Now)).ToPlainText());
        Assert.Equal((2, 0), (fleet.Count("refresh_token", 200), fleet.Count("refresh_token", 400)));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_refresh_token_that_is_refused_is_looked_up_once_more()
    {
        var clock = new ManualTimeProvider();
        await using Fleet fleet = await Fleet.StartAsync(clock, TimeSpan.FromMinutes(10));
        EngineHost engine = fleet.NewEngine(clock);
        AuthToken first = await engine.GetAsync(fleet.Request("refresh_token", refreshToken: await fleet.SignInAsync()));
        ISessionStore store = first.Session.SessionStore;
        SessionKey key = first.Session.Key;

        // Somebody without the lock replaces the refresh token while the renewal is on its way.
        string other = await fleet.SignInAsync();
        bool isFirst = true;
        fleet.Server.Intercept = async context =>
        {
            if (context.Request.Path != "/token" || !isFirst)
            {
                return false;
            }

            isFirst = false;
            await store.WriteAsync(key, first.Tokens.WithRefreshToken(AuthModule.Secrets.Secret.From(other)), FreeLock.Instance, CancellationToken.None);
            await ReplyAsync(context, 400, """{"error":"invalid_grant"}""");
            return true;
        };
        AuthToken second = await engine.UpdateAsync();
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.Equal(1, fleet.Count("refresh_token", 400));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_lost_answer_is_not_retried_and_the_next_call_signs_in_anew()
    {
        var clock = new ManualTimeProvider();
        await using Fleet fleet = await Fleet.StartAsync(clock, TimeSpan.FromMinutes(10));
        EngineHost engine = fleet.NewEngine(clock);
        await engine.GetAsync(fleet.Request("password"));
        LoseAnswers(fleet, 1);
        AuthException lost = await Assert.ThrowsAnyAsync<AuthException>(() => engine.UpdateAsync());
        Assert.Equal(AuthErrorId.NetworkFailure, lost.Code);
        Assert.Contains("is not known", lost.Message, StringComparison.Ordinal);
        Assert.Contains("signs in anew", lost.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(2, fleet.TokenRequests);

        Assert.NotNull(await engine.UpdateAsync());
        Assert.Equal((2, 0), (fleet.Count("password", 200), fleet.Count("refresh_token", 400)));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task Who_cannot_sign_in_alone_keeps_the_access_token_and_is_told_why_the_session_ended()
    {
        var clock = new ManualTimeProvider();
        await using Fleet fleet = await Fleet.StartAsync(clock, TimeSpan.FromMinutes(10));
        EngineHost engine = fleet.NewEngine(clock);
        AuthToken token = await engine.GetAsync(fleet.Request("refresh_token", refreshToken: await fleet.SignInAsync()));
        long before = fleet.TokenRequests;
        LoseAnswers(fleet, 1);
        clock.Advance(TimeSpan.FromMinutes(9.2));
        Assert.Same(token, await engine.CurrentAsync());
        await engine.Engine.WhenRenewedAsync();
        Assert.Equal(before + 1, fleet.TokenRequests);

        // Served as long as it lasts, without risking the refresh token.
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Same(token, await engine.CurrentAsync());
        await engine.Engine.WhenRenewedAsync();
        Assert.Equal(before + 1, fleet.TokenRequests);

        clock.Advance(TimeSpan.FromMinutes(1));
        AuthException ended = await Assert.ThrowsAsync<TokenExpiredException>(() => engine.CurrentAsync());
        Assert.Equal(AuthErrorId.RefreshTokenExpired, ended.Code);
        Assert.Contains("most likely spent", ended.Message, StringComparison.Ordinal);
        Assert.Equal(SessionState.Failed, token.Session.State);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_service_that_was_not_reached_puts_nothing_in_doubt()
    {
        using var folder = new TestFolder();
        Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        AuthToken token = await engine.GetAsync(fleet.Request("password", "file:" + folder.Path) with
        {
            Transport = new AuthModule.Http.TransportSettings { MaximumRetryCount = 0 },
        });
        await fleet.DisposeAsync();
        AuthException failure = await Assert.ThrowsAnyAsync<AuthException>(() => engine.UpdateAsync());
        Assert.Equal(AuthErrorId.NetworkFailure, failure.Code);
        Assert.DoesNotContain("is not known", failure.Message, StringComparison.Ordinal);
        Assert.Null((await token.Session.SessionStore.ReadAsync(token.Session, Stop))!.InDoubtSince);
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_renewal_that_is_on_its_way_is_finished_and_saved_though_its_caller_left()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        AuthToken first = await engine.GetAsync(fleet.Request("refresh_token", refreshToken: await fleet.SignInAsync()));
        (Task arrived, TaskCompletionSource release) = fleet.Hold("/token");
        using var leave = new CancellationTokenSource();
        Task<AuthToken> leaving = engine.Engine.GetTokenAsync(engine.Table, first.Session, TokenRequirement.Now, engine.Log, leave.Token).AsTask();
        await arrived.WaitAsync(Stop);
        await leave.CancelAsync();
        Assert.Equal(AuthErrorId.Canceled, (await Assert.ThrowsAsync<AuthServiceException>(() => leaving)).Code);

        // Who comes now waits for the lock, and gets what the first one began.
        Task<AuthToken> next = engine.UpdateAsync();
        release.SetResult();
        AuthToken second = await next;
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task A_store_that_fails_after_the_renewal_loses_no_token()
    {
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        TokenRequest request = fleet.Request("refresh_token", "file:" + folder.File("store"), await fleet.SignInAsync());
        EngineHost engine = fleet.NewEngine();
        AuthToken first = await engine.GetAsync(request);
        fleet.Server.Intercept = _ =>
        {
            // Between the mark and the save the folder turns into something that cannot be written to.
            Directory.Move(folder.File("store"), folder.File("away"));
            File.WriteAllText(folder.File("store"), "in the way");
            fleet.Server.Intercept = null;
            return Task.FromResult(false);
        };
        AuthToken second = await engine.GetAsync(request, TokenRequirement.Now);
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.Contains(engine.Log.Lines, line => line.StartsWith("Warning:", StringComparison.Ordinal) && line.Contains("kept in this process only", StringComparison.Ordinal));

        File.Delete(folder.File("store"));
        Directory.Move(folder.File("away"), folder.File("store"));
        AuthToken third = await engine.GetAsync(request, TokenRequirement.Now);
        Assert.NotEqual(second.ToPlainText(), third.ToPlainText());
        Assert.Equal(third.ToPlainText(), (await fleet.NewEngine().GetAsync(request)).ToPlainText());
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task Revoking_revokes_what_another_process_renewed_to()
    {
        using var folder = new TestFolder();
        await using Fleet fleet = await Fleet.StartAsync();
        var request = fleet.Request("password", "file:" + folder.Path) with
        {
            Parameters = new System.Collections.Generic.Dictionary<string, string> { ["revocationEndpoint"] = fleet.Server.Issuer + "/revoke" },
        };
        EngineHost mine = fleet.NewEngine(), theirs = fleet.NewEngine();
        await mine.GetAsync(request);
        await theirs.GetAsync(request);
        AuthToken newest = await theirs.GetAsync(request, TokenRequirement.Now);
        RevocationResult result = await mine.RevokeAsync();
        Assert.Equal(RevocationOutcome.Confirmed, result.RefreshToken);
        Assert.Null(await newest.Session.SessionStore.ReadAsync(newest.Session, Stop));
        await Assert.ThrowsAsync<TokenExpiredException>(() => fleet.NewEngine().GetAsync(fleet.Request("refresh_token", refreshToken: newest.Tokens.RefreshToken!.Reveal())));
    }

    // The server does its work, and the connection breaks before the answer is out.
    [Theory]
    [Trait("Feature", "N3")]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(524, false)]
    [InlineData(503, true)]
    public async Task A_refresh_token_is_sent_again_only_where_the_service_says_that_nothing_was_done(int status, bool saysWhen)
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        await engine.GetAsync(fleet.Request("password") with { Transport = new AuthModule.Http.TransportSettings { MaximumRetryCount = 0 } });
        int failing = 1;
        fleet.Server.Intercept = async context =>
        {
            if (Interlocked.Decrement(ref failing) < 0)
            {
                return false;
            }

            if (saysWhen)
            {
                context.Response.Headers.RetryAfter = "0";
            }

            await ReplyAsync(context, status, "{}");
            return true;
        };
        AuthException failure = await Assert.ThrowsAnyAsync<AuthException>(() => engine.UpdateAsync());
        Assert.Equal(!saysWhen, failure.Message.Contains("is not known", StringComparison.Ordinal));
        await engine.UpdateAsync();
        Assert.Equal(saysWhen ? (1, 1) : (2, 0), (fleet.Count("password", 200), fleet.Count("refresh_token", 200)));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task Who_stood_still_for_longer_than_the_lease_overwrites_nothing()
    {
        Assert.SkipWhen(RedisServer.Program is null, "there is no redis-server in /usr/bin or /usr/local/bin");
        await using RedisServer redis = await RedisServer.LaunchAsync(RedisServer.Program!);
        await using Fleet fleet = await Fleet.StartAsync();
        TokenRequest request = fleet.Request("refresh_token", redis.Address, await fleet.SignInAsync());

        // A process that is suspended: its clock stands still, so that it does not renew its lease.
        EngineHost suspended = fleet.NewEngine(new ManualTimeProvider(DateTimeOffset.UtcNow)), awake = fleet.NewEngine();
        suspended.Engine.SharedStores.Lease = TimeSpan.FromSeconds(2);
        AuthToken old = await suspended.GetAsync(request);
        Assert.Equal(old.ToPlainText(), (await awake.GetAsync(request)).ToPlainText());
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int requests = 0;
        fleet.Server.Intercept = async context =>
        {
            if (context.Request.Path != "/token" || Interlocked.Increment(ref requests) != 1)
            {
                return false;
            }

            arrived.TrySetResult();
            await release.Task.WaitAsync(Stop);
            context.Abort();
            return true;
        };
        Task<AuthToken> slow = suspended.GetAsync(request, TokenRequirement.Now);
        await arrived.Task.WaitAsync(Stop);
        AuthToken newer = await awake.GetAsync(request, TokenRequirement.Now); // Waits until the lease has run out.
        release.SetResult();
        Assert.Equal(AuthErrorId.NetworkFailure, (await Assert.ThrowsAnyAsync<AuthException>(() => slow)).Code);

        TokenSet stored = (await newer.Session.SessionStore.ReadAsync(newer.Session, Stop))!;
        Assert.Equal((newer.ToPlainText(), null), (stored.AccessToken.Reveal(), stored.InDoubtSince));
        await awake.GetAsync(request, TokenRequirement.Now);
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    [Fact]
    [Trait("Feature", "N3")]
    public async Task Who_got_tokens_under_a_lock_that_ran_out_saves_them_all_the_same()
    {
        Assert.SkipWhen(RedisServer.Program is null, "there is no redis-server in /usr/bin or /usr/local/bin");
        await using RedisServer redis = await RedisServer.LaunchAsync(RedisServer.Program!);
        await using Fleet fleet = await Fleet.StartAsync();
        TokenRequest request = fleet.Request("refresh_token", redis.Address, await fleet.SignInAsync());
        EngineHost suspended = fleet.NewEngine(new ManualTimeProvider(DateTimeOffset.UtcNow));
        suspended.Engine.SharedStores.Lease = TimeSpan.FromSeconds(2);
        await suspended.GetAsync(request);
        fleet.Server.Intercept = async context =>
        {
            fleet.Server.Intercept = null;
            while ((await redis.AskAsync("KEYS", "*lock:*")).StartsWith("*1", StringComparison.Ordinal))
            {
                await Task.Delay(20, Stop);
            }

            return false;
        };
        AuthToken renewed = await suspended.GetAsync(request, TokenRequirement.Now);
        Assert.Equal(renewed.ToPlainText(), (await fleet.NewEngine().GetAsync(request)).ToPlainText());
        Assert.Equal(0, fleet.Count("refresh_token", 400));
    }

    private static void LoseAnswers(Fleet fleet, int count)
    {
        fleet.Server.Intercept = context =>
        {
            if (context.Request.Path == "/token" && Interlocked.Decrement(ref count) >= 0)
            {
                context.Response.OnStarting(() =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                });
            }

            return Task.FromResult(false);
        };
    }

    private static async Task ReplyAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, Stop);
    }
}
