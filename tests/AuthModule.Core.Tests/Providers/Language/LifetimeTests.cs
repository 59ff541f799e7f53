using System;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>Lifetimes as services write them.</summary>
public sealed class LifetimeTests
{
    private static string Grant(string reply) => $$""" "endpoints": { "token": "{authority}/token" }, "grants": { "client_credentials": {}, "refresh_token": {} }, "reply": {{reply}} """;

    [Theory]
    [Trait("Feature", "S7")]
    [InlineData("{}", "\"\"", 3600)]
    [InlineData("{}", "\"never\"", 3600)]
    [InlineData("{}", "false", 3600)]
    [InlineData("{}", "0", 3600)]
    [InlineData("{}", "-1", 3600)]
    [InlineData("{}", "[]", 3600)]
    [InlineData("{}", "{}", 3600)]
    [InlineData("{}", "null", 3600)]
    [InlineData("{}", "1e400", 3600)]
    [InlineData("""{ "defaultLifetime": 60 }""", "\"soon\"", 60)]
    [InlineData("""{ "defaultLifetime": 0 }""", "\"soon\"", -1)]
    [InlineData("""{ "endlessWhen": [ 0 ] }""", "0", -1)]
    [InlineData("""{ "endlessWhen": [ 0 ] }""", "\"0\"", -1)]
    [InlineData("""{ "endlessWhen": "never" }""", "\"NEVER\"", -1)]
    [InlineData("""{ "endlessWhen": [ 0 ] }""", "-5", 3600)]
    [InlineData("{}", "120", 120)]
    [InlineData("{}", "\"120\"", 120)]
    [InlineData("{}", "\"3599s\"", 3599)]
    [InlineData("{}", "\"30m\"", 1800)]
    [InlineData("{}", "\"12h\"", 43200)]
    [InlineData("{}", "\"7d\"", 604800)]
    [InlineData("{}", "\"01:30:00\"", 5400)]
    [InlineData("{}", "\"1.00:00:10\"", 86410)]
    [InlineData("{}", "\"30:12:01\"", 108721)]
    [InlineData("{}", "\"364:33:47\"", 1312427)]
    [InlineData("{}", "\"PT2H\"", 7200)]
    [InlineData("""{ "expiresInUnit": "ms" }""", "900000", 900)]
    [InlineData("""{ "expiresInUnit": "min" }""", "30", 1800)]
    [InlineData("""{ "expiresInUnit": "h" }""", "2", 7200)]
    [InlineData("""{ "expiresInUnit": "d" }""", "1", 86400)]
    [InlineData("""{ "expiresAt": "expires_in", "expiresIn": [] }""", "\"2026-12-01T01:00:00Z\"", 3600)]
    [InlineData("""{ "expiresAt": "expires_in", "expiresIn": [] }""", "\"Tue, 01 Dec 2026 02:00:00 GMT\"", 7200)]
    [InlineData("""{ "expiresAt": "expires_in", "expiresIn": [], "expiresAtFormat": "dd.MM.yyyy HH:mm" }""", "\"01.12.2026 03:00\"", 10800)]
    [InlineData("""{ "expiresAt": "expires_in", "expiresIn": [] }""", "\"2020-01-01T00:00:00Z\"", 3600)]
    [InlineData("""{ "expiresAt": "expires_in", "expiresIn": [] }""", "1796086800", 3600)]
    [InlineData("""{ "expiresAt": "expires_in", "expiresIn": [] }""", "1796086800000", 3600)]
    public async Task A_lifetime_is_read_and_what_is_none_costs_no_token(string reply, string value, double seconds)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        int sent = 0;
        server.On("POST", "/token", _ =>
        {
            sent++;
            return new ScriptedReply($$"""{"access_token":"t","token_type":"Bearer","expires_in":{{value}}}""") { Headers = [("Date", "Tue, 01 Dec 2026 00:00:00 GMT")] };
        });
        EngineHost engine = Described.By(Grant(reply), clock);
        AuthToken token = await engine.GetAsync(Described.Client(server.Address));
        Assert.Equal(seconds < 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds), token.ExpiresIn);
        await engine.CurrentAsync();
        await engine.CurrentAsync();
        Assert.Equal(1, sent);
    }

    [Fact]
    [Trait("Feature", "S7")]
    public async Task A_service_that_refuses_early_renewals_is_not_asked_early()
    {
        var clock = new ManualTimeProvider();
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", """{"access_token":"t1","refresh_token":"r1","expires_in":3600}""");
        EngineHost engine = Described.By(Grant("{}") + """, "renewBefore": 600, "renewNotBefore": 300 """, clock);
        await engine.GetAsync(Described.Client(server.Address));
        clock.Advance(TimeSpan.FromSeconds(3200));
        Assert.Equal(SessionState.Fresh, (await engine.CurrentAsync()).State);
        Assert.Single(server.Requests);
        await engine.UpdateAsync();
        Assert.StartsWith("grant_type=client_credentials", server.Requests[1].Body, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(3400));
        await engine.GetAsync(new TokenRequest(), new TokenRequirement(TimeSpan.FromSeconds(400), false));
        Assert.StartsWith("grant_type=refresh_token", server.Requests[2].Body, StringComparison.Ordinal);
    }

    private const string KeptAlive = """
        "grants": {
          "password": { "endpoint": "{authority}/session", "credential": "none", "fields": { "u": "{username}" } },
          "refresh_token": { "endpoint": "{authority}/alive", "method": "GET", "credential": "token", "headers": { "X-Old": "{accessToken}" },
            "reply": { "accessToken": [], "expiresIn": "left", "keep": { "touched": "touched" } } } },
        "reply": { "accessToken": "id", "refreshToken": "id", "defaultLifetime": 60 },
        "tokenHeaders": { "X-Session": "{accessToken}" }
        """;

    [Fact]
    [Trait("Feature", "S7")]
    public async Task A_session_that_is_kept_alive_keeps_its_token()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/session", """{"id":"session-1"}""").On("GET", "/alive", """{"left":600,"touched":"yes"}""");
        EngineHost engine = Described.By(KeptAlive);
        Assert.InRange((await engine.GetAsync(Described.Person(server.Address))).ExpiresIn.TotalSeconds, 50, 60);
        AuthToken renewed = await engine.UpdateAsync();
        Assert.Equal(("session-1", true, "yes"), (renewed.ToPlainText(), renewed.HasRefreshToken, (string)renewed.Properties["touched"]));
        Assert.InRange(renewed.ExpiresIn.TotalSeconds, 590, 600);
        Assert.Equal(("session-1", "session-1"), (server.Requests[1].Header("X-Session"), server.Requests[1].Header("X-Old")));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("session-1", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Feature", "S7")]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_session_that_is_dead_is_signed_in_again(int status)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        int sessions = 0;
        server.On("POST", "/session", _ => new ScriptedReply($$"""{"id":"session-{{++sessions}}"}""")).On("GET", "/alive", "", status);
        EngineHost engine = Described.By(KeptAlive);
        await engine.GetAsync(Described.Person(server.Address));
        Assert.Equal("session-2", (await engine.UpdateAsync()).ToPlainText());
    }

    [Theory]
    [Trait("Feature", "S7")]
    [Trait("Feature", "S4")]
    [InlineData(null, 1200, null)]
    [InlineData("10h", 36000, """{"timeout":36000,"label":"n-7"}""")]
    [InlineData("600s", 600, """{"timeout":600,"label":"n-7"}""")]
    public async Task A_request_behind_the_sign_in_is_sent_where_it_is_needed_and_says_the_lifetime(string? wish, int seconds, string? sent)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/login", """{"token":"t1","timeout":1200}""")
            .On("PATCH", "/tokens/t1", request => new ScriptedReply($$"""{"timeout":{{System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("timeout")}}}"""));
        EngineHost engine = Described.By("""
            "parameters": { "n": { "default": "7" } },
            "grants": { "password": {
              "endpoint": "{authority}/login", "encoding": "json", "credential": "none", "fields": { "u": "{username}", "n": "{number:n}" },
              "after": [ { "needs": "tokenDuration", "endpoint": "{authority}/tokens/{accessToken}", "method": "PATCH", "encoding": "json", "credential": "token",
                "fields": { "timeout": "{seconds:tokenDuration}", "label": "n-{number:n}" }, "reply": { "expiresIn": "timeout" } } ] } },
            "reply": { "accessToken": "token", "expiresIn": "timeout" }
            """);
        TokenRequest request = Described.Person(server.Address);
        AuthToken token = await engine.GetAsync(request with { Input = request.Input with { TokenDuration = wish } });
        Assert.InRange(token.ExpiresIn.TotalSeconds, seconds - 10, seconds);
        Assert.Equal("""{"u":"ann","n":7}""", server.Requests[0].Body);
        Assert.Equal(sent, server.Requests.Count > 1 ? server.Requests[1].Body : null);
    }

    [Theory]
    [Trait("Feature", "S12")]
    [InlineData("number", "ten", AuthErrorId.InvalidRequest)]
    [InlineData("seconds", "soon", AuthErrorId.InvalidDuration)]
    public async Task What_is_no_number_is_refused_before_anything_is_sent(string function, string value, string id)
    {
        EngineHost engine = Described.By("""
            "parameters": { "life": { } },
            "grants": { "password": { "endpoint": "{authority}/login", "encoding": "json", "credential": "none", "fields": { "life": "{FUNCTION:life}" } } }
            """.Replace("FUNCTION", function, StringComparison.Ordinal));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => engine.GetAsync(Described.Person("https://127.0.0.1:9").With(("life", value))));
        Assert.Equal(id, error.Code);
        Assert.Contains("life", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S9")]
    [InlineData("bearer_token", "Bearer")]
    [InlineData("Session", "Token")]
    [InlineData("BEARER", "Bearer")]
    public async Task A_token_type_is_mapped(string said, string used)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", $$"""{"access_token":"t","token_type":"{{said}}"}""");
        AuthToken token = await Described.By(Grant("""{ "tokenTypes": { "bearer_token": "Bearer", "session": "Token" } }""")).GetAsync(Described.Client(server.Address));
        Assert.Equal($"{used} t", token.ToHeader()["Authorization"]);
    }
}
