using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers;

public sealed class MosaiaTests
{
    private const string SignIn = "/v1/auth/signin";

    private static TokenRequest Password(string authority) => new()
    {
        Provider = "mosaia",
        Authority = authority,
        ClientId = "client-1",
        Grant = "password",
        Input = new GrantInput { UserName = "ann@example.com", Password = Secret.From("pass-word-1") },
    };

    private static string Envelope(string token, string refresh, object exp) =>
        $$$"""{"data":{"access_token":"{{{token}}}","refresh_token":"{{{refresh}}}","sub":"user-7","iat":"1700000000","exp":{{{JsonSerializer.Serialize(exp)}}}},"meta":null,"error":null}""";

    [Fact]
    [Trait("Feature", "M1")]
    [Trait("Feature", "M4")]
    public async Task A_password_signs_in_and_the_envelope_is_read()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", SignIn, Envelope("a1", "r1", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()));
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Password(server.Address));
        Assert.Equal("""{"grant_type":"password","email":"ann@example.com","password":"pass-word-1","client_id":"client-1"}""", server.Requests.Single().Body);
        Assert.Equal(("a1", "user-7", true), (token.ToPlainText(), token.Subject, token.HasRefreshToken));
        AuthSession session = engine.Table.Current!;
        Assert.Equal(("password", "user-7", SessionState.Fresh), (session.Grant, session.Subject, session.State));
    }

    // The clock stands at 2026-01-02T03:04:05Z, which is 1767323045.
    [Theory]
    [Trait("Feature", "M4")]
    [InlineData("1767322985", "2026-01-02T03:03:05Z")]
    [InlineData("1767322985000", "2026-01-02T03:03:05Z")]
    [InlineData("\"1767322985\"", "2026-01-02T03:03:05Z")]
    [InlineData("\"2026-01-02T03:03:05Z\"", "2026-01-02T03:03:05Z")]
    [InlineData("1767323075", "2026-01-02T03:04:35Z")]
    [InlineData("1767326645", "2026-01-02T03:04:05Z")]
    [InlineData("-1", "2026-01-02T03:04:05Z")]
    [InlineData("0", "2026-01-02T03:04:05Z")]
    [InlineData("1e300", "2026-01-02T03:04:05Z")]
    [InlineData("\"yesterday\"", "2026-01-02T03:04:05Z")]
    [InlineData("{}", "2026-01-02T03:04:05Z")]
    [InlineData("null", "2026-01-02T03:04:05Z")]
    public async Task The_time_of_issue_is_the_services_where_it_can_be_and_no_lifetime_depends_on_it(string iat, string expected)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", SignIn, $$$"""{"data":{"access_token":"a1","iat":{{{iat}}},"expires_in":3600}}""");
        var clock = new ManualTimeProvider();

        AuthToken token = await new EngineHost(clock).GetAsync(Password(server.Address));

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), token.IssuedOn);
        Assert.Equal((TimeSpan.FromHours(1), clock.GetUtcNow().AddHours(1), SessionState.Fresh), (token.ExpiresIn, token.ExpiresOn, token.State));
    }

    [Theory]
    [Trait("Feature", "M14")]
    [InlineData("/v2", "2", "/v2/auth/signin")]
    [InlineData("/v2/", "2", "/v2/auth/signin")]
    [InlineData("/gateway/v2", "2", "/gateway/v2/auth/signin")]
    [InlineData("/v1", "2", "/v2/auth/signin")]
    [InlineData("/v1", null, "/v1/auth/signin")]
    public async Task A_version_in_the_address_is_not_doubled(string path, string? version, string expected)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", expected, Envelope("a1", "r1", 1999999999));
        TokenRequest request = Password(server.Address + path);
        if (version is not null)
        {
            request = request with { Parameters = new System.Collections.Generic.Dictionary<string, string> { ["version"] = version } };
        }

        await new EngineHost().GetAsync(request);

        Assert.Equal(expected, server.Requests.Single().Path);
    }

    [Fact]
    [Trait("Feature", "M2")]
    public async Task A_client_signs_in()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", SignIn, Envelope("a1", "r1", "1999999999"));
        await new EngineHost().GetAsync(new TokenRequest
        {
            Provider = "mosaia",
            Authority = server.Address,
            ClientId = "client-1",
            Grant = "client_credentials",
            Client = new ClientCredential { Secret = Secret.From("client-secret-1") },
        });
        ReceivedRequest sent = server.Requests.Single();
        Assert.Equal("""{"grant_type":"client","client_id":"client-1","client_secret":"client-secret-1"}""", sent.Body);
        Assert.Null(sent.Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "M3")]
    [Trait("Feature", "M10")]
    [Trait("Feature", "M13")]
    public async Task A_sign_in_is_renewed_by_a_sign_in_refresh_and_a_missing_refresh_token_keeps_the_old_one()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", SignIn, request => new ScriptedReply(request.Body.Contains("\"refresh\"", StringComparison.Ordinal)
                ? """{"data":{"access_token":"a2","sub":"user-7"},"error":null}"""
                : Envelope("a1", "r1", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds())));
        var engine = new EngineHost();
        await engine.GetAsync(Password(server.Address));
        Assert.Equal("a2", (await engine.UpdateAsync()).ToPlainText());
        await engine.UpdateAsync();
        Assert.Equal(
            ["""{"grant_type":"refresh","refresh_token":"r1"}""", """{"grant_type":"refresh","refresh_token":"r1"}"""],
            server.Requests.Skip(1).Select(request => request.Body));
    }

    public static TheoryData<string> Ends() =>
    [
        DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        $"\"{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}\"",
        $"\"{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds()}\"",
    ];

    [Theory]
    [Trait("Feature", "M12")]
    [MemberData(nameof(Ends))]
    public async Task The_end_is_read_in_any_unit_as_number_or_text(string exp)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", SignIn, $$$"""{"data":{"access_token":"a","exp":{{{exp}}}}}""");
        AuthToken token = await new EngineHost().GetAsync(Password(server.Address));
        long said = long.Parse(exp.Trim('"'), System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset end = said > 100_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(said) : DateTimeOffset.FromUnixTimeSeconds(said);

        // The reply's Date has whole seconds, so the two clocks differ by that much.
        Assert.InRange(token.ExpiresOn - end, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [Trait("Feature", "M11")]
    [InlineData(500, """{"message":"upstream is down","code":"E77"}""", AuthErrorId.ServerError, "E77", "upstream is down")]
    [InlineData(401, """{"message":"Invalid email or password"}""", AuthErrorId.InvalidCredentials, null, "Invalid email or password")]
    [InlineData(200, """{"data":null,"error":{"message":"Invalid password","code":"AUTH-1"}}""", AuthErrorId.InvalidCredentials, "AUTH-1", "Invalid password")]
    public async Task The_servers_message_code_and_status_are_kept(int status, string body, string id, string? code, string message)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", SignIn, body, status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Password(server.Address)));
        Assert.Equal((id, code, message, status), (error.Code, error.OAuthError, error.OAuthErrorDescription, error.StatusCode));
    }

    [Theory]
    [Trait("Feature", "M5")]
    [InlineData(true, 200, "{}")]
    [InlineData(false, 400, "{}")]
    [InlineData(false, 200, """{"data":null,"error":{"message":"token is missing"}}""")]
    public async Task Signing_out_takes_both_forms_and_clears_everything_local(bool isNewer, int status, string answer)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", SignIn, Envelope("a1", "r1", 1999999999))
            .On("DELETE", "/v1/auth/signout", request => request.Query.Length > 0 ? new ScriptedReply("{}") : new ScriptedReply(answer, status));
        var engine = new EngineHost();
        await engine.GetAsync(Password(server.Address));
        RevocationResult result = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Unsupported, true), (result.AccessToken, result.RefreshToken, result.LocalCleared));
        ReceivedRequest last = server.Requests[^1];
        Assert.Equal(isNewer ? ("""{"token":"a1"}""", "") : ("", "?token=a1"), (last.Body, last.Query));
        Assert.Null(engine.Table.Current);
        await Assert.ThrowsAsync<ConfigurationException>(engine.CurrentAsync);
    }

    [Fact]
    [Trait("Feature", "M14")]
    public async Task The_environment_configures_it_and_a_parameter_wins()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v3/auth/signin", Envelope("a1", "r1", 1999999999));
        var engine = new EngineHost();
        engine.Variables["MOSAIA_API_URL"] = server.Address;
        engine.Variables["MOSAIA_VERSION"] = "3";
        engine.Variables["MOSAIA_CLIENT_ID"] = "from-environment";
        engine.Variables["MOSAIA_CLIENT_SECRET"] = "secret-of-environment";
        await engine.GetAsync(new TokenRequest { Provider = "mosaia" });
        await engine.GetAsync(new TokenRequest { Provider = "mosaia", ClientId = "from-parameter", Grant = "client_credentials" });
        Assert.Equal(
            [
                """{"grant_type":"client","client_id":"from-environment","client_secret":"secret-of-environment"}""",
                """{"grant_type":"client","client_id":"from-parameter","client_secret":"secret-of-environment"}""",
            ],
            server.Requests.Select(request => request.Body));
    }
}
