using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class PynomalyLoginTests
{
    private const string Login = "/api/v1/auth/login";
    private const string Refresh = "/api/v1/auth/refresh";

    [Fact]
    [Trait("Feature", "Y1")]
    public async Task Documented_login_takes_json_and_gives_the_claims_of_the_contract()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement reply = await (await JsonLoginAsync(fixture)).JsonAsync(200);
        Assert.Equal(3600, reply.GetProperty("expires_in").GetInt32());
        var token = new JsonWebToken(reply.Text("access_token"));
        Assert.Equal(["exp", "iat", "jti", "permissions", "roles", "sub", "type"], token.Claims.Select(static claim => claim.Type).Distinct().Order());
        Assert.Equal("access", token.GetClaim("type").Value);
    }

    [Fact]
    [Trait("Feature", "Y1")]
    public async Task Coded_login_answers_json_with_a_422_list_and_takes_a_form()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(asCoded: true);
        JsonElement refused = await (await JsonLoginAsync(fixture)).JsonAsync(422);
        Assert.Equal("username", refused.GetProperty("detail")[0].GetProperty("loc")[1].GetString());
        JsonElement reply = await (await fixture.PostFormAsync(Login, ("username", "bob"), ("password", "builder"))).JsonAsync(200);
        Assert.Equal("bearer", reply.Text("token_type"));
    }

    [Fact]
    [Trait("Feature", "Y2")]
    public async Task Documented_refresh_gives_no_refresh_token_and_the_old_one_stays_good()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement first = await (await JsonLoginAsync(fixture)).JsonAsync(200);
        for (int i = 0; i < 2; i++)
        {
            JsonElement reply = await (await JsonRefreshAsync(fixture, first.Text("refresh_token"))).JsonAsync(200);
            Assert.Equal(["access_token", "expires_in"], reply.EnumerateObject().Select(static member => member.Name));
            await (await fixture.GetAsync("/api/v1/auth/me", reply.Text("access_token"))).JsonAsync(200);
        }
    }

    [Fact]
    [Trait("Feature", "Y2")]
    public async Task Coded_refresh_takes_a_query_and_rotates()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(asCoded: true);
        JsonElement first = await (await fixture.PostFormAsync(Login, ("username", "bob"), ("password", "builder"))).JsonAsync(200);
        string address = $"{Refresh}?refresh_token={first.Text("refresh_token")}";
        Assert.Equal(422, (int)(await JsonRefreshAsync(fixture, first.Text("refresh_token"))).StatusCode);
        JsonElement second = await (await fixture.SendAsync(HttpMethod.Post, address)).JsonAsync(200);
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal(401, (int)(await fixture.SendAsync(HttpMethod.Post, address)).StatusCode);
    }

    [Fact]
    [Trait("Feature", "Y3")]
    public async Task Expired_tokens_are_told_apart_from_bad_ones()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        JsonElement tokens = await (await JsonLoginAsync(fixture)).JsonAsync(200);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("expired", await DetailAsync(await fixture.GetAsync("/api/v1/auth/me", tokens.Text("access_token")), 401), StringComparison.Ordinal);
        await (await JsonRefreshAsync(fixture, tokens.Text("refresh_token"))).JsonAsync(200);
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        Assert.Contains("expired", await DetailAsync(await JsonRefreshAsync(fixture, tokens.Text("refresh_token")), 401), StringComparison.Ordinal);
        Assert.DoesNotContain("expired", await DetailAsync(await JsonRefreshAsync(fixture, "unknown"), 401), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_ends_the_access_token_and_its_refresh_token()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement tokens = await (await JsonLoginAsync(fixture)).JsonAsync(200);
        JsonElement reply = await (await fixture.SendJsonAsync(HttpMethod.Post, "/api/v1/auth/logout", null, tokens.Text("access_token"))).JsonAsync(200);
        Assert.NotEmpty(reply.Text("message"));
        Assert.Equal(401, (int)(await fixture.GetAsync("/api/v1/auth/me", tokens.Text("access_token"))).StatusCode);
        Assert.Equal(401, (int)(await JsonRefreshAsync(fixture, tokens.Text("refresh_token"))).StatusCode);
    }

    [Fact]
    [Trait("Feature", "Y11")]
    public async Task Five_wrong_passwords_lock_the_account_in_the_words_of_the_contract()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("Incorrect username or password", await DetailAsync(await JsonLoginAsync(fixture, "wrong"), 401));
        }

        Assert.Equal("Account temporarily locked due to too many failed login attempts", await DetailAsync(await JsonLoginAsync(fixture), 401));
    }

    [Fact]
    [Trait("Feature", "Y12")]
    public async Task Too_many_requests_are_429_until_the_window_ends()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock, change: static options => options with { RequestsPerMinute = 2 });
        HttpResponseMessage first = await JsonLoginAsync(fixture);
        Assert.Equal(["2", "1"], [first.Headers.GetValues("X-RateLimit-Limit").Single(), first.Headers.GetValues("X-RateLimit-Remaining").Single()]);
        await JsonLoginAsync(fixture);
        clock.Advance(TimeSpan.FromSeconds(20));
        HttpResponseMessage refused = await JsonLoginAsync(fixture);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Headers.RetryAfter!.Delta);
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(200, (int)(await JsonLoginAsync(fixture)).StatusCode);
    }

    [Fact]
    [Trait("Feature", "Y13")]
    public async Task The_request_id_comes_back()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        HttpResponseMessage response = await fixture.SendJsonAsync(HttpMethod.Post, Login, "{}", null, ("X-Request-ID", "r-1"), ("X-Debug", "true"));
        Assert.Equal("r-1", response.Headers.GetValues("X-Request-ID").Single());
        Assert.Equal("true", fixture.Server.Requests[^1].Headers["X-Debug"]);
    }

    [Fact]
    [Trait("Feature", "Y10")]
    public async Task Errors_can_be_problem_documents()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(change: static options => options with { ProblemErrors = true });
        HttpResponseMessage response = await JsonLoginAsync(fixture, "wrong");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ServerFixture.Canceled));
        Assert.Equal(401, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("Incorrect username or password", problem.RootElement.Text("detail"));
    }

    internal static Task<HttpResponseMessage> JsonLoginAsync(ServerFixture fixture, string password = "builder", string? more = null) =>
        fixture.SendJsonAsync(HttpMethod.Post, Login, $"{{\"username\":\"bob\",\"password\":\"{password}\"{more}}}");

    private static Task<HttpResponseMessage> JsonRefreshAsync(ServerFixture fixture, string token) =>
        fixture.SendJsonAsync(HttpMethod.Post, Refresh, $"{{\"refresh_token\":\"{token}\"}}");

    private static async Task<string> DetailAsync(HttpResponseMessage response, int status) => (await response.JsonAsync(status)).Text("detail");
}
