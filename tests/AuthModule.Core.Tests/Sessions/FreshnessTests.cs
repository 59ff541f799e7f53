using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Time;
using AuthModule.Tokens;

namespace AuthModule.Core.Tests.Sessions;

public sealed class FreshnessTests
{
    private readonly ManualTimeProvider clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "N4")]
    public async Task A_stale_token_is_served_at_once_while_one_renewal_runs_in_the_background()
    {
        await using var server = await TokenServer.StartAsync(3600);
        var engine = new EngineHost(clock);
        AuthToken first = await engine.GetAsync(server.Client());
        clock.Advance(TimeSpan.FromMinutes(59.5));
        Assert.Equal(SessionState.Stale, first.State);

        server.Close();
        AuthToken[] served = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => engine.GetAsync(server.Client()))));
        Assert.All(served, token => Assert.Same(first, token));
        server.Open();
        await engine.Engine.WhenRenewedAsync();

        Assert.Equal(2, server.Count);
        AuthToken second = await engine.GetAsync(server.Client());
        Assert.Equal(("token-2", SessionState.Fresh), (second.ToPlainText(), second.State));
    }

    [Theory]
    [InlineData(3600, 3595)]
    [InlineData(60, 58)]
    [InlineData(3600, 7200)]
    [Trait("Feature", "N4")]
    public async Task A_token_that_may_end_on_its_way_is_waited_for(int lifetime, int age)
    {
        await using var server = await TokenServer.StartAsync(lifetime);
        var engine = new EngineHost(clock);
        await engine.GetAsync(server.Client());
        clock.Advance(TimeSpan.FromSeconds(age));
        Assert.Equal("token-2", (await engine.GetAsync(server.Client())).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task A_failed_background_renewal_is_told_and_not_tried_at_every_call()
    {
        await using var server = await TokenServer.StartAsync(3600);
        var engine = new EngineHost(clock);
        AuthToken first = await engine.GetAsync(server.Client());
        AuthSession session = first.Session;
        clock.Advance(TimeSpan.FromMinutes(59.2));
        server.Status = 500;
        for (int i = 0; i < 5; i++)
        {
            Assert.Same(first, await engine.GetAsync(server.Client()));
            await engine.Engine.WhenRenewedAsync();
        }

        Assert.Equal(2, server.Count);
        Assert.Equal((AuthErrorId.ServerError, SessionState.Stale), (session.LastError!.Code, session.State));
        Assert.Contains(engine.Log.Lines, line => line.StartsWith("Verbose:", StringComparison.Ordinal) && line.Contains("not renewed yet", StringComparison.Ordinal));

        clock.Advance(TimeSpan.FromSeconds(6));
        server.Status = 200;
        await engine.GetAsync(server.Client());
        await engine.Engine.WhenRenewedAsync();
        Assert.Null(session.LastError);
        Assert.Equal(3, server.Count);
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task Each_session_has_its_own_point_and_always_the_same()
    {
        await using var server = await TokenServer.StartAsync(3600);
        var engine = new EngineHost(clock);
        double[] points = [.. Enumerable.Range(0, 200).Select(i => engine.Engine.Open(engine.Table, server.Client("secret-" + i)).Key.Jitter)];
        Assert.Equal(points, Enumerable.Range(0, 200).Select(i => engine.Engine.Open(new SessionTable(), server.Client("secret-" + i)).Key.Jitter));
        Assert.All(points, point => Assert.InRange(point, 0, 1));

        // Spread evenly enough that a fleet does not come at once: each quarter has some.
        Assert.All(Enumerable.Range(0, 4), quarter => Assert.InRange(points.Count(point => (int)Math.Min(3, point * 4) == quarter), 20, 90));
    }

    [Theory]
    [InlineData(3600, 0.0, 60)]
    [InlineData(3600, 1.0, 180)]
    [InlineData(3600, 0.5, 120)]
    [InlineData(60, 0.0, 6)]
    [InlineData(60, 1.0, 12)]
    [InlineData(1, 1.0, 0.2)]
    [Trait("Feature", "C3")]
    [Trait("Feature", "N4")]
    public void The_margin_has_jitter_and_is_capped_for_short_tokens(int lifetime, double jitter, double margin)
    {
        TokenSet tokens = Tokens(TimeSpan.FromSeconds(lifetime));
        clock.Advance(TimeSpan.FromSeconds(lifetime - margin - 0.001));
        Assert.True(Freshness.IsFresh(tokens, null, jitter));
        clock.Advance(TimeSpan.FromSeconds(0.002));
        Assert.False(Freshness.IsFresh(tokens, null, jitter));
        Assert.True(Freshness.IsUsable(tokens));
    }

    [Fact]
    public void A_token_without_end_stays_fresh()
    {
        TokenSet tokens = Tokens(TimeSpan.MaxValue);
        clock.Advance(TimeSpan.FromDays(10_000));
        Assert.True(Freshness.IsFresh(tokens, TimeSpan.FromDays(1), 1));
        Assert.True(Freshness.CanServe(tokens));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(365 * 56)]
    [Trait("Feature", "N8")]
    public void A_wall_clock_that_is_set_moves_nothing(int days)
    {
        TokenSet tokens = Tokens(TimeSpan.FromHours(1));
        clock.SetUtcNow(clock.GetUtcNow().AddDays(days));
        Assert.Equal(TimeSpan.FromHours(1), tokens.Remaining);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(TimeSpan.FromMinutes(1), tokens.Remaining);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(Freshness.IsUsable(tokens));
    }

    [Fact]
    [Trait("Feature", "N8")]
    public void A_machine_that_slept_does_not_serve_a_dead_token()
    {
        // The monotonic clock of some systems stands still meanwhile, the wall clock does not.
        TokenSet tokens = Tokens(TimeSpan.FromHours(1));
        clock.SetUtcNow(clock.GetUtcNow().AddHours(8));
        Assert.False(Freshness.IsUsable(tokens));
    }

    [Fact]
    [Trait("Feature", "N8")]
    public async Task A_jumping_wall_clock_does_not_fetch_for_ever()
    {
        await using var server = await TokenServer.StartAsync(3600);
        var engine = new EngineHost(clock);
        for (int i = 0; i < 20; i++)
        {
            await engine.GetAsync(server.Client());
            await engine.Engine.WhenRenewedAsync();
            clock.SetUtcNow(clock.GetUtcNow().AddHours(i % 2 == 0 ? 5 : -5));
        }

        // One for the first jump ahead; from then on neither way loses anything.
        Assert.Equal(2, server.Count);
    }

    [Theory]
    [InlineData(-1_000_000)]
    [InlineData(1_000_000)]
    [Trait("Feature", "N8")]
    public async Task A_wrong_wall_clock_neither_serves_dead_tokens_nor_refetches(int secondsOff)
    {
        await using var server = await TokenServer.StartAsync(3600);
        clock.SetUtcNow(server.Now.AddSeconds(secondsOff));
        server.EndsAt = () => server.Now.AddHours(1);
        var engine = new EngineHost(clock);
        AuthToken token = await engine.GetAsync(server.Client());
        Assert.InRange(token.ExpiresIn.TotalMinutes, 59, 61);
        Assert.InRange(token.Session.ClockSkew!.Value.TotalSeconds, -secondsOff - 2, -secondsOff + 2);
        await engine.GetAsync(server.Client());
        Assert.Equal(1, server.Count);
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("token-2", (await engine.GetAsync(server.Client())).ToPlainText());
    }

    private TokenSet Tokens(TimeSpan lifetime) => new(clock, clock.GetTimestamp())
    {
        AccessToken = Secret.From("a"),
        IssuedOn = clock.GetUtcNow(),
        ExpiresOn = lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : clock.GetUtcNow() + lifetime,
        Lifetime = lifetime,
        SignInGrant = "client_credentials",
    };
}
