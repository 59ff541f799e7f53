using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Core.Tests.Sessions;

public sealed class SessionTests
{
    private const string TokenPath = "/token";

    private static TokenRequest Client(ScriptedServer server, string secret = "client-secret-1") => new()
    {
        Provider = "oauth2",
        TokenEndpoint = server.Address + TokenPath,
        ClientId = "nightly",
        Grant = "client_credentials",
        Client = new ClientCredential { Secret = Secret.From(secret) },
    };

    private static async Task<ScriptedServer> CountingServerAsync(int seconds = 3600)
    {
        int count = 0;
        ScriptedServer server = await ScriptedServer.StartAsync();
        return server.On("POST", TokenPath, _ => new ScriptedReply($$"""{"access_token":"token-{{Interlocked.Increment(ref count)}}","expires_in":{{seconds}}}"""));
    }

    [Fact]
    [Trait("Feature", "N1")]
    public async Task A_second_get_sends_nothing_and_returns_the_same_object()
    {
        await using ScriptedServer server = await CountingServerAsync();
        var engine = new EngineHost();
        AuthToken first = await engine.GetAsync(Client(server));
        Assert.Same(first, await engine.CurrentAsync());
        Assert.Same(first, await engine.GetAsync(Client(server)));
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Feature", "N2")]
    public async Task Another_runspace_with_the_same_credential_shares_the_token_but_not_the_session()
    {
        await using ScriptedServer server = await CountingServerAsync();
        var engine = new EngineHost();
        var other = new SessionTable();
        AuthToken mine = await engine.GetAsync(Client(server));
        AuthToken theirs = await engine.Engine.GetTokenAsync(other, engine.Engine.Open(other, Client(server)), TokenRequirement.Default, engine.Log, TestContext.Current.CancellationToken);
        Assert.Equal(mine.ToPlainText(), theirs.ToPlainText());
        Assert.NotEqual(mine.SessionId, theirs.SessionId);
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Feature", "N2")]
    public async Task A_runspace_with_another_secret_gets_nothing_of_it()
    {
        await using ScriptedServer server = await CountingServerAsync();
        var engine = new EngineHost();
        var other = new SessionTable();
        await engine.GetAsync(Client(server));
        AuthToken theirs = await engine.Engine.GetTokenAsync(other, engine.Engine.Open(other, Client(server, "client-secret-2")), TokenRequirement.Default, engine.Log, TestContext.Current.CancellationToken);
        Assert.Equal("token-2", theirs.ToPlainText());
        var error = Assert.Throws<ConfigurationException>(() => engine.Engine.Open(new SessionTable(), new TokenRequest()));
        Assert.Equal(AuthErrorId.NoSession, error.Code);
    }

    [Theory]
    [Trait("Feature", "P11")]
    [Trait("Feature", "Y3")]
    [Trait("Feature", "M13")]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    public async Task Many_callers_at_once_cause_one_request(int callers)
    {
        await using ScriptedServer server = await CountingServerAsync();
        var engine = new EngineHost();
        AuthToken[] tokens = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => engine.GetAsync(Client(server)))));
        Assert.Single(server.Requests);
        Assert.All(tokens, token => Assert.Equal("token-1", token.ToPlainText()));
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task A_minimum_lifetime_renews_earlier_and_force_always()
    {
        var clock = new ManualTimeProvider();
        await using ScriptedServer server = await CountingServerAsync();
        var engine = new EngineHost(clock);
        await engine.GetAsync(Client(server));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("token-1", (await engine.GetAsync(Client(server), new TokenRequirement(TimeSpan.FromMinutes(20), false))).ToPlainText());
        Assert.Equal("token-2", (await engine.GetAsync(Client(server), new TokenRequirement(TimeSpan.FromMinutes(40), false))).ToPlainText());
        Assert.Equal("token-3", (await engine.UpdateAsync()).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N4")]
    public async Task A_minimum_that_the_service_cannot_give_does_not_fetch_at_every_call()
    {
        await using ScriptedServer server = await CountingServerAsync(60);
        var engine = new EngineHost(new ManualTimeProvider());
        for (int i = 0; i < 3; i++)
        {
            await engine.GetAsync(Client(server), new TokenRequirement(TimeSpan.FromHours(1), false));
        }

        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Feature", "P12")]
    public async Task What_a_call_says_of_how_to_reach_the_service_does_not_stick()
    {
        await using ScriptedServer server = await CountingServerAsync(3600);
        var engine = new EngineHost();
        var careless = new TransportSettings { SkipCertificateCheck = true, Timeout = TimeSpan.FromMinutes(5) };
        AuthToken token = await engine.GetAsync(Client(server) with { Transport = careless });
        AuthSession session = token.Session;
        Assert.True(session.Service.Transport.SkipCertificateCheck);

        // No credential, no word about the way: the session as it is. A word about the way counts.
        var without = new TokenRequest { Provider = "oauth2", TokenEndpoint = Client(server).TokenEndpoint, ClientId = Client(server).ClientId };
        Assert.Same(session, engine.Engine.Open(engine.Table, without));
        Assert.Equal(careless.Timeout, session.Service.Transport.Timeout);
        Assert.Same(session, engine.Engine.Open(engine.Table, without with { Transport = careless with { Timeout = TimeSpan.FromSeconds(7) } }));
        Assert.Equal(TimeSpan.FromSeconds(7), session.Service.Transport.Timeout);

        // The call in full: its own way, in everything.
        Assert.Same(session, engine.Engine.Open(engine.Table, Client(server)));
        Assert.Equal((false, TransportSettings.Default.Timeout), (session.Service.Transport.SkipCertificateCheck, session.Service.Transport.Timeout));
    }

    [Fact]
    public async Task One_callers_cancellation_takes_nothing_from_the_others()
    {
        var entered = new SemaphoreSlim(0);
        var release = new ManualResetEventSlim();
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", TokenPath, _ =>
        {
            entered.Release();
            release.Wait(TestContext.Current.CancellationToken);
            return new ScriptedReply("""{"access_token":"a","expires_in":60}""");
        });
        var engine = new EngineHost();
        AuthSession session = engine.Engine.Open(engine.Table, Client(server));
        using var impatience = new CancellationTokenSource();
        Task<AuthToken> impatient = engine.Engine.GetTokenAsync(engine.Table, session, TokenRequirement.Default, engine.Log, impatience.Token).AsTask();
        Task<AuthToken> patient = engine.Engine.GetTokenAsync(engine.Table, session, TokenRequirement.Default, engine.Log, TestContext.Current.CancellationToken).AsTask();
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        await impatience.CancelAsync();
        var canceled = await Assert.ThrowsAsync<AuthServiceException>(() => impatient);
        Assert.Equal(AuthErrorId.Canceled, canceled.Code);
        release.Set();
        Assert.Equal("a", (await patient).ToPlainText());
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Feature", "R2")]
    [Trait("Feature", "R7")]
    [Trait("Feature", "R10")]
    public async Task The_main_job_runs_on_the_embedded_server()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo();
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(options, TestContext.Current.CancellationToken);
        ServerClient portal = options.Clients.Single(client => client.Id == "portal");
        ServerUser alice = options.Users.Single(user => user.Name == "alice");
        var engine = new EngineHost();
        AuthToken first = await engine.GetAsync(new TokenRequest
        {
            Authority = server.Issuer,
            ClientId = portal.Id,
            Grant = "password",
            Scopes = ["openid", "orders.read"],
            Client = new ClientCredential { Secret = portal.Secret },
            Input = new GrantInput { UserName = alice.Name, Password = alice.Password },
        });
        Assert.Equal(("alice", true), (first.Claims["sub"], first.HasRefreshToken));
        AuthToken second = await engine.UpdateAsync();
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        AuthModule.Validation.ValidationRules rules = engine.Engine.Tester.Prepare(engine.Table, new AuthModule.TokenTesting.TokenTestRequest());
        TokenTestResult result = await engine.Engine.Tester.TestAsync(second.ToPlainText(), rules, engine.Log, TestContext.Current.CancellationToken);
        Assert.True(result.IsValid, result.Failure);
        RevocationResult revoked = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed, true), (revoked.AccessToken, revoked.RefreshToken, revoked.LocalCleared));
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task Revoking_clears_everything_here_also_when_the_server_is_down()
    {
        var engine = new EngineHost();
        await using (ScriptedServer server = await CountingServerAsync())
        {
            await engine.GetAsync(Client(server) with
            {
                Parameters = new System.Collections.Generic.Dictionary<string, string> { ["revocationEndpoint"] = server.Address + "/revoke" },
                Transport = AuthModule.Http.TransportSettings.Default with { MaximumRetryCount = 0 },
            });
        }

        RevocationResult result = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Failed, RevocationOutcome.None, true), (result.AccessToken, result.RefreshToken, result.LocalCleared));
        Assert.Equal(AuthErrorId.NetworkFailure, result.Failure!.Code);
        Assert.Empty(engine.Table.All);
    }
}
