using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Profiles;
using AuthModule.Core.Tests.Support;
using AuthModule.Issuing;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.ServiceChecks;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Core.Tests.ServiceChecks;

/// <summary>From the first answer to the token, at servers that have the fault.</summary>
public sealed class ServiceDiagnosisTests
{
    private const string ClientSecret = "Nightly-canary-5eC ret/1";
    private const string Password = "Alice-canary-pa55 word/2";

    private static readonly EmbeddedServerOptions Options = new()
    {
        Keys = new IssuerKeys(),
        Users = [new ServerUser("alice", Password) { Scopes = ["openid", "orders.read"] }],
        Clients =
        [
            new ServerClient("nightly", ClientSecret) { Grants = ["client_credentials"], Scopes = ["orders.read"] },
            new ServerClient("desktop", (string?)null) { Grants = ["password", "refresh_token"], Scopes = ["openid", "orders.read"] },
        ],
    };

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_good_service_passes_every_step_and_nothing_of_the_trial_is_left()
    {
        await using EmbeddedServer server = await StartAsync();
        Report report = await Report.OfAsync(Alice(server));
        Assert.Empty(report.Faults);
        Assert.Equal(
            [StepNames.Secrets, StepNames.Tls, StepNames.Duration],
            report.Checks.Where(check => check.Passed is null).Select(check => check.Name));
        Assert.Equal("password as client 'desktop' for 'alice': a Bearer token, scopes orders.read", report[StepNames.SignIn].Detail);
        Assert.Equal("the service confirmed that the trial's tokens are revoked", report[StepNames.SignOut].Detail);
        Assert.Equal(1, server.CountOf("/token"));
        Assert.Equal(2, server.CountOf("/revoke"));
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Each_step_is_told_when_it_is_done()
    {
        await using EmbeddedServer server = await StartAsync();
        var host = new EngineHost();
        var diagnosis = new ServiceDiagnosis(host.Engine, Alice(server), host.Log);
        foreach (string name in new[] { StepNames.Address, StepNames.Secrets, StepNames.Name, StepNames.Proxy, StepNames.Connection, StepNames.Tls })
        {
            Assert.Equal(name, (await diagnosis.NextAsync(TestContext.Current.CancellationToken))!.Name);
        }

        Assert.Empty(server.Requests);
        Assert.Equal(StepNames.Http, (await diagnosis.NextAsync(TestContext.Current.CancellationToken))!.Name);
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Without_credentials_the_sign_in_is_not_run_and_said_why()
    {
        await using EmbeddedServer server = await StartAsync();
        Report report = await Report.OfAsync(server.Issuer);
        Assert.Empty(report.Faults);
        Assert.Null(report[StepNames.SignIn].Passed);
        Assert.Equal("no credentials were given", report[StepNames.SignIn].Detail);
        Assert.Equal(0, server.CountOf("/token"));
    }

    [Theory]
    [Trait("Feature", "N17")]
    [Trait("Feature", "N8")]
    [InlineData(10, "ahead of")]
    [InlineData(-10, "behind")]
    public async Task A_clock_that_is_off_is_told_with_its_direction(int minutes, string direction)
    {
        await using EmbeddedServer server = await StartAsync(Options with { Clock = new ManualTimeProvider(DateTimeOffset.UtcNow.AddMinutes(minutes)) });
        ServiceCheck fault = (await Report.OfAsync(server.Issuer)).OnlyFault(StepNames.Clock);
        Assert.Matches($"^the server's clock is (10 minutes|9 minutes 5. seconds)( . seconds?)? {direction} this machine's$", fault.Detail);
        Assert.Contains("NTP", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_server_that_fails_is_told() =>
        Assert.Equal(AuthErrorId.ServerError, (await OfDiscoveryAsync(_ => new ScriptedReply("oops", 503, "text/plain"))).OnlyFault(StepNames.Http).Id);

    [Fact]
    [Trait("Feature", "N17")]
    [Trait("Feature", "R1")]
    public async Task Metadata_of_another_issuer_is_told()
    {
        ServiceCheck fault = (await OfDiscoveryAsync(_ => new ScriptedReply("""{"issuer":"https://evil.example"}"""))).OnlyFault(StepNames.Discovery);
        Assert.Equal(AuthErrorId.DiscoveryFailed, fault.Id);
        Assert.Contains("another issuer, 'https://evil.example'", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_service_without_discovery_is_told()
    {
        ServiceCheck fault = (await OfDiscoveryAsync(_ => new ScriptedReply("{}", 404))).OnlyFault(StepNames.Discovery);
        Assert.Equal(AuthErrorId.DiscoveryFailed, fault.Id);
        Assert.Contains("publishes no OpenID or OAuth metadata (404)", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("-TokenEndpoint", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_page_in_place_of_metadata_is_told()
    {
        ServiceCheck fault = (await OfDiscoveryAsync(_ => new ScriptedReply("<html>Sign in</html>", 200, "text/html"))).OnlyFault(StepNames.Discovery);
        Assert.Equal(AuthErrorId.MalformedResponse, fault.Id);
        Assert.Contains("an HTML page instead of JSON", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_service_without_keys_is_told()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server)).On("GET", "/jwks", """{"keys":[]}""");
        Assert.Equal(AuthErrorId.KeyNotFound, (await Report.OfAsync(server.Address)).OnlyFault(StepNames.Keys).Id);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task What_is_not_advertised_is_told_before_the_sign_in()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server, """
            ,"grant_types_supported":["authorization_code"],"token_endpoint_auth_methods_supported":["private_key_jwt"],"scopes_supported":["openid","orders.read"]
            """)).On("GET", "/jwks", KeysOf()).On("POST", "/token", """{"error":"unauthorized_client"}""", 400);
        Report report = await Report.OfAsync(Nightly(server.Address) with { Scopes = ["orders.red"] });
        Assert.Equal(["ClientAuthentication", "Scopes", "SignIn"], report.Faults);
        Assert.Equal("client_credentials is not among authorization_code; many services leave out what they take", report[StepNames.Grant].Detail);
        Assert.StartsWith("Where the sign-in fails:", report[StepNames.Grant].RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("the client could use Basic, Post, SecretJwt; taken are private_key_jwt", report[StepNames.ClientAuthentication].Detail);
        Assert.Equal("not advertised: orders.red; advertised are orders.read, openid", report[StepNames.Scopes].Detail);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Of_a_long_list_the_closest_scopes_are_shown_first_and_whole()
    {
        string[] many = [.. Enumerable.Range(0, 60).Select(number => $"https://api.contoso.com/area-{number:00}/customers.administrate"), "orders.read", "orders.write"];
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server, $$"""
            ,"grant_types_supported":["client_credentials"],"scopes_supported":{{JsonSerializer.Serialize(many)}}
            """)).On("GET", "/jwks", KeysOf()).On("POST", "/token", """{"error":"invalid_scope"}""", 400);

        Report report = await Report.OfAsync(Nightly(server.Address) with { Scopes = ["Order.Read"] });
        string detail = report[StepNames.Scopes].Detail;

        Assert.StartsWith("not advertised: Order.Read; advertised are orders.read, orders.write, https://api.contoso.com/area-", detail, StringComparison.Ordinal);
        Assert.EndsWith("/customers.administrate, ... and 42 more", detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task The_ways_to_sign_in_that_a_service_has_are_not_cut_off()
    {
        string[] grants = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange", "urn:openid:params:grant-type:ciba", "password"];
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server, $$""","grant_types_supported":{{JsonSerializer.Serialize(grants)}}"""))
            .On("GET", "/jwks", KeysOf()).On("POST", "/token", """{"error":"unauthorized_client"}""", 400);

        Report report = await Report.OfAsync(Nightly(server.Address));

        Assert.Equal($"client_credentials is not among {string.Join(", ", grants)}; many services leave out what they take", report[StepNames.Grant].Detail);
    }

    [Fact]
    [Trait("Feature", "N17")]
    [Trait("Feature", "N10")]
    public async Task A_wrong_secret_and_a_wrong_password_are_told_apart_and_not_shown()
    {
        await using EmbeddedServer server = await StartAsync();
        Report client = await Report.OfAsync(Nightly(server.Issuer, "wrong-canary-1"));
        Assert.Equal(AuthErrorId.InvalidClient, client.OnlyFault(StepNames.SignIn).Id);
        Report person = await Report.OfAsync(Alice(server, "wrong-canary-2"));
        Assert.Equal(AuthErrorId.InvalidCredentials, person.OnlyFault(StepNames.SignIn).Id);
        Assert.DoesNotContain("canary", client.Text + person.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    [Trait("Feature", "Y11")]
    public async Task A_locked_account_is_told()
    {
        await using EmbeddedServer server = await StartAsync(Options with { LockoutThreshold = 1 });
        Assert.NotEmpty((await Report.OfAsync(Pynomaly(server, "wrong"))).Faults);
        Assert.Equal(AuthErrorId.AccountLocked, (await Report.OfAsync(Pynomaly(server, Password))).OnlyFault(StepNames.SignIn).Id);
    }

    [Theory]
    [Trait("Feature", "N17")]
    [InlineData("""{"error":"mfa_required"}""", AuthErrorId.MfaRequired)]
    [InlineData("""{"error":"invalid_scope"}""", AuthErrorId.InvalidScope)]
    [InlineData("""{"error":"unauthorized_client"}""", AuthErrorId.UnsupportedGrant)]
    public async Task A_second_factor_a_scope_and_a_grant_are_told_apart(string refusal, string id)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server)).On("GET", "/jwks", KeysOf()).On("POST", "/token", refusal, 400);
        Assert.Equal(id, (await Report.OfAsync(Nightly(server.Address))).OnlyFault(StepNames.SignIn).Id);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_scope_that_is_silently_not_granted_is_advice()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server)).On("GET", "/jwks", KeysOf())
            .On("POST", "/token", """{"access_token":"a","expires_in":60,"scope":"orders.read"}""");
        ServiceCheck check = (await Report.OfAsync(Nightly(server.Address) with { Scopes = ["orders.read", "orders.write"] }))[StepNames.SignIn];
        Assert.True(check.Passed);
        Assert.StartsWith("Not granted: orders.write.", check.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_lifetime_that_the_service_caps_or_is_not_asked_for_is_told()
    {
        await using ScriptedServer capping = await ScriptedServer.StartAsync();
        capping.On("GET", "/auth/realms/master/.well-known/openid-configuration", "{}", 404)
            .On("POST", "/auth/realms/master/protocol/openid-connect/token", """{"access_token":"a","expires_in":3600}""")
            .On("GET", "/auth/realms/master/protocol/openid-connect/certs", KeysOf());
        await using EmbeddedServer server = await StartAsync();
        Report capped = await Report.OfAsync(new TokenRequest
        {
            Provider = "px-backup",
            Authority = capping.Address,
            ClientId = "pxcentral",
            Input = new GrantInput { UserName = "alice", Password = Secret.From(Password), TokenDuration = "365d" },
        });
        Assert.True(capped[StepNames.Duration].Passed);
        Assert.Equal("the token lives 1 hour, although 365d was asked for", capped[StepNames.Lifetime].Detail);
        Assert.Equal(AuthErrorId.InvalidDuration, capped[StepNames.Lifetime].Id);

        Report ignored = await Report.OfAsync(Alice(server) with { Input = Alice(server).Input with { TokenDuration = "7d" } });
        Assert.Equal("7d is not sent: provider 'oidc' has no field for it with password", ignored[StepNames.Duration].Detail);

        Report malformed = await Report.OfAsync(Alice(server) with { Input = Alice(server).Input with { TokenDuration = "soon" } });
        Assert.Equal(AuthErrorId.InvalidDuration, malformed[StepNames.Duration].Id);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_service_that_cannot_revoke_is_told_and_no_fault()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server)).On("GET", "/jwks", KeysOf()).On("POST", "/token", """{"access_token":"a","expires_in":60}""");
        Report report = await Report.OfAsync(Nightly(server.Address));
        Assert.Empty(report.Faults);
        Assert.Null(report[StepNames.SignOut].Passed);
        Assert.StartsWith("the service cannot revoke", report[StepNames.SignOut].Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Secrets_of_a_profile_are_a_step_of_their_own()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(""" "clientId": "nightly", "clientSecret": { "env": "NIGHTLY" } """);
        var request = new TokenRequest { Profile = "p" };
        ServiceCheck fault = (await Report.OfAsync(request, host.Host)).OnlyFault(StepNames.Secrets);
        Assert.Equal(AuthErrorId.InvalidProfile, fault.Id);
        Assert.Contains("env:NIGHTLY", fault.Detail, StringComparison.Ordinal);

        host.Host.Variables["NIGHTLY"] = "canary-1";
        Report good = await Report.OfAsync(request, host.Host);
        Assert.Equal("clientSecret from env:NIGHTLY", good[StepNames.Secrets].Detail);
        Assert.True(good[StepNames.SignIn].Passed);
        Assert.DoesNotContain("canary", good.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    [Trait("Feature", "N10")]
    public async Task A_server_that_repeats_what_it_was_sent_puts_nothing_into_the_report()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", Metadata(server)).On("GET", "/jwks", KeysOf()).On("POST", "/token", request => new ScriptedReply(
            JsonSerializer.Serialize(new { error = "invalid_grant", error_description = $"{Password} and {request.Body} and {request.Header("Authorization")}" }), 400));
        var host = new EngineHost();
        Report report = await Report.OfAsync(
            Nightly(server.Address) with { Input = new GrantInput { UserName = "alice", Password = Secret.From(Password) } }, host);
        Assert.Equal(AuthErrorId.InvalidCredentials, report[StepNames.SignIn].Id);
        string basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"nightly:{Uri.EscapeDataString(ClientSecret)}"));
        Assert.All(
            new[] { ClientSecret, Password, Uri.EscapeDataString(Password), Uri.EscapeDataString(ClientSecret), basic },
            secret => Assert.DoesNotContain(secret, report.Text + string.Concat(host.Log.Lines), StringComparison.Ordinal));
    }

    private static Task<EmbeddedServer> StartAsync(EmbeddedServerOptions? options = null) =>
        EmbeddedServer.StartAsync(options ?? Options, TestContext.Current.CancellationToken);

    private static async Task<Report> OfDiscoveryAsync(Func<ReceivedRequest, ScriptedReply> answer)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("GET", "/.well-known/openid-configuration", answer);
        return await Report.OfAsync(server.Address);
    }

    private static string Metadata(ScriptedServer server, string more = "") =>
        $$"""{"issuer":"{{server.Address}}","token_endpoint":"{{server.Address}}/token","jwks_uri":"{{server.Address}}/jwks"{{more}}}""";

    private static string KeysOf() => """{"keys":[{"kty":"EC","kid":"k","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";

    private static TokenRequest Nightly(string authority, string secret = ClientSecret) => new()
    {
        Provider = "oidc",
        Authority = authority,
        ClientId = "nightly",
        Client = new ClientCredential { Secret = Secret.From(secret) },
    };

    private static TokenRequest Alice(EmbeddedServer server, string password = Password) => new()
    {
        Provider = "oidc",
        Authority = server.Issuer,
        ClientId = "desktop",
        Scopes = ["orders.read"],
        Input = new GrantInput { UserName = "alice", Password = Secret.From(password) },
    };

    private static TokenRequest Pynomaly(EmbeddedServer server, string password) => new()
    {
        Provider = "pynomaly",
        Authority = server.Issuer,
        Input = new GrantInput { UserName = "alice", Password = Secret.From(password) },
    };
}
