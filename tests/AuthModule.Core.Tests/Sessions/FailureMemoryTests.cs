using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Sessions;

public sealed class FailureMemoryTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    [Trait("Feature", "N4")]
    public async Task Many_callers_with_a_wrong_secret_make_one_request()
    {
        await using TokenServer server = await Refusing(401, "invalid_client");
        var engine = new EngineHost(clock);
        AuthException[] failures = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => FailAsync(engine, server.Client()))));
        Assert.All(failures, failure => Assert.Equal((AuthErrorId.InvalidClient, 401, "invalid_client"), (failure.Code, failure.StatusCode, failure.OAuthError)));
        Assert.Equal(1, server.Count);

        AuthException later = await FailAsync(engine, server.Client());
        Assert.Contains("remembered answer: nothing was sent", later.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), later.RetryAfter);
        Assert.Equal(1, server.Count);
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task The_pause_grows_up_to_a_minute_and_a_success_ends_it()
    {
        await using TokenServer server = await Refusing(401, "invalid_client");
        var engine = new EngineHost(clock);
        foreach (int pause in (int[])[5, 10, 20, 40, 60, 60])
        {
            int before = server.Count;
            await FailAsync(engine, server.Client());
            Assert.Equal(before + 1, server.Count);
            clock.Advance(TimeSpan.FromSeconds(pause - 0.5));
            await FailAsync(engine, server.Client());
            Assert.Equal(before + 1, server.Count);
            clock.Advance(TimeSpan.FromSeconds(0.6));
        }

        server.Status = 200;
        await engine.GetAsync(server.Client());
        server.Status = 401;
        clock.Advance(TimeSpan.FromMinutes(7));
        var more = new TokenRequirement(TimeSpan.FromHours(1), false);
        await FailAsync(engine, server.Client(), more);
        AuthException again = await FailAsync(engine, server.Client(), more);
        Assert.Equal(TimeSpan.FromSeconds(5), again.RetryAfter);
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task Another_secret_is_not_held_up()
    {
        await using TokenServer server = await Refusing(401, "invalid_client");
        var engine = new EngineHost(clock);
        await FailAsync(engine, server.Client("wrong"));
        server.Status = 200;
        Assert.Equal("token-1", (await engine.GetAsync(server.Client("right"))).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task Retry_After_is_honoured_whoever_insists()
    {
        await using TokenServer server = await Refusing(503, "temporarily_unavailable");
        server.Headers = [("Retry-After", "90")];
        var engine = new EngineHost(clock);
        await FailAsync(engine, server.Client());
        clock.Advance(TimeSpan.FromSeconds(89));
        await FailAsync(engine, server.Client());
        AuthException insisting = await FailAsync(engine, server.Client(), TokenRequirement.Now);
        Assert.Equal((AuthErrorId.ServerError, TimeSpan.FromSeconds(1)), (insisting.Code, insisting.RetryAfter));
        Assert.Equal(1, server.Count);
        clock.Advance(TimeSpan.FromSeconds(2));
        server.Status = 200;
        Assert.Equal("token-1", (await engine.GetAsync(server.Client())).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task Force_asks_again_once_per_second_at_most()
    {
        await using TokenServer server = await Refusing(401, "invalid_client");
        var engine = new EngineHost(clock);
        await FailAsync(engine, server.Client());
        await FailAsync(engine, server.Client(), TokenRequirement.Now);
        Assert.Equal(1, server.Count);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        await FailAsync(engine, server.Client(), TokenRequirement.Now);
        Assert.Equal(2, server.Count);
    }

    [Fact]
    public async Task A_failure_that_may_be_over_at_once_is_asked_again_at_once()
    {
        await using TokenServer server = await Refusing(500, "server_error");
        var engine = new EngineHost(clock);
        await FailAsync(engine, server.Client());
        server.Status = 200;
        Assert.Equal("token-1", (await engine.GetAsync(server.Client())).ToPlainText());
    }

    [Fact]
    public async Task A_locked_account_is_not_knocked_at()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        var engine = new EngineHost(clock);
        TokenRequest wrong = fleet.Request("password") with { Input = new GrantInput { UserName = "alice", Password = AuthModule.Secrets.Secret.From("wrong") } };
        for (int i = 0; i < 50; i++)
        {
            await FailAsync(engine, wrong);
        }

        // The right password still works: fifty wrong tries by one runbook were one at the service.
        Assert.Equal(1, fleet.TokenRequests);
        Assert.NotNull(await engine.GetAsync(fleet.Request("password")));
    }

    [Fact]
    public void The_memory_is_bounded()
    {
        var memory = new FailureMemory(clock);
        var engine = new EngineHost(clock);
        AuthException failure = AuthError.Create(AuthErrorId.InvalidClient, "no");
        SessionKey[] keys = [.. Enumerable.Range(0, FailureMemory.MaxEntries + 50).Select(i => engine.Engine.Open(engine.Table, Request(i)).Key)];
        foreach (SessionKey key in keys)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            memory.Remember(key, failure, repeats: true);
        }

        Assert.Equal(FailureMemory.MaxEntries, memory.Count);
        Assert.Null(memory.Recall(keys[0], RenewalCaller.Caller));
        Assert.NotNull(memory.Recall(keys[^1], RenewalCaller.Caller));
    }

    private static TokenRequest Request(int i) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = "https://id.contoso.com/token",
        ClientId = "c" + i,
        Client = new ClientCredential { Secret = AuthModule.Secrets.Secret.From("s") },
    };

    private static async Task<TokenServer> Refusing(int status, string error)
    {
        TokenServer server = await TokenServer.StartAsync(3600);
        server.Status = status;
        server.Error = error;
        return server;
    }

    private static async Task<AuthException> FailAsync(EngineHost engine, TokenRequest request, TokenRequirement requirement = default) =>
        await Assert.ThrowsAnyAsync<AuthException>(() => engine.GetAsync(request, requirement));
}
