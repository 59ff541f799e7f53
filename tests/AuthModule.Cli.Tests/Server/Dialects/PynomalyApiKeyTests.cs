using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class PynomalyApiKeyTests
{
    private const string Documented = "/api/v1/api-keys";
    private const string Coded = "/api/v1/auth/api-keys";

    [Fact]
    [Trait("Feature", "Y5")]
    public async Task Documented_keys_are_made_listed_regenerated_and_deleted_by_id()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        string token = await TokenAsync(fixture);
        JsonElement created = await (await fixture.SendJsonAsync(
            HttpMethod.Post, Documented, """{"name":"ci","scopes":["orders.read"],"expires_at":"2099-01-02T03:04:05Z"}""", token)).JsonAsync(201);
        string id = created.Text("id");
        Assert.Equal("2099-01-02T03:04:05Z", created.Text("expires_at"));

        JsonElement listed = (await (await fixture.GetAsync(Documented, token)).JsonAsync(200)).GetProperty("api_keys")[0];
        Assert.Equal(id, listed.Text("id"));
        Assert.False(listed.TryGetProperty("api_key", out _));

        JsonElement renewed = await (await fixture.SendJsonAsync(HttpMethod.Post, $"{Documented}/{id}/regenerate", null, token)).JsonAsync(200);
        Assert.Equal(401, await UseAsync(fixture, created.Text("api_key")));
        Assert.Equal(200, await UseAsync(fixture, renewed.Text("api_key")));

        Assert.Equal(204, (int)(await fixture.SendJsonAsync(HttpMethod.Delete, $"{Documented}/{id}", null, token)).StatusCode);
        Assert.Equal(401, await UseAsync(fixture, renewed.Text("api_key")));
        Assert.Equal(404, (int)(await fixture.SendJsonAsync(HttpMethod.Delete, $"{Documented}/{id}", null, token)).StatusCode);
        Assert.Equal(404, (int)(await fixture.GetAsync(Coded, token)).StatusCode);
    }

    [Fact]
    [Trait("Feature", "Y5")]
    public async Task Coded_keys_are_at_the_other_path_and_deleted_by_the_key_itself()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(asCoded: true);
        string token = (await (await fixture.PostFormAsync("/api/v1/auth/login", ("username", "bob"), ("password", "builder"))).JsonAsync(200)).Text("access_token");
        JsonElement created = await (await fixture.SendJsonAsync(HttpMethod.Post, Coded, """{"name":"ci"}""", token)).JsonAsync(201);
        Assert.Equal(["api_key", "name", "created_at"], created.EnumerateObject().Select(static member => member.Name));
        JsonElement list = await (await fixture.GetAsync(Coded, token)).JsonAsync(200);
        Assert.Equal(1, list.GetProperty("count").GetInt32());
        await (await fixture.SendJsonAsync(HttpMethod.Delete, $"{Coded}/{created.Text("api_key")}", null, token)).JsonAsync(200);
        Assert.Equal(404, (int)(await fixture.GetAsync(Documented, token)).StatusCode);
        Assert.Equal(Coded + "/***", fixture.Server.Requests.Single(static request => request.Method == "DELETE").Path);
    }

    [Theory]
    [Trait("Feature", "Y5")]
    [InlineData("{}", 422)]
    [InlineData("""{"name":"a","scopes":"orders.read"}""", 422)]
    [InlineData("""{"name":"a","expires_at":"tomorrow"}""", 422)]
    [InlineData("""{"name":"a","expires_at":"2099-01-02T03:04:05+02:00"}""", 422)]
    [InlineData("""{"name":"a","scopes":["orders.write"]}""", 403)]
    [InlineData("no json", 422)]
    public async Task Unfit_requests_for_keys_are_refused(string body, int status)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        Assert.Equal(status, (int)(await fixture.SendJsonAsync(HttpMethod.Post, Documented, body, await TokenAsync(fixture))).StatusCode);
    }

    [Fact]
    [Trait("Feature", "Y4")]
    public async Task A_key_and_a_token_together_are_refused_and_scopes_of_a_key_count()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        string token = await TokenAsync(fixture);
        JsonElement created = await (await fixture.SendJsonAsync(
            HttpMethod.Post, Documented, $$"""{"name":"ci","scopes":["openid"],"expires_at":"{{clock.GetUtcNow().AddDays(1):yyyy-MM-ddTHH:mm:ssZ}}"}""", token)).JsonAsync(201);
        string key = created.Text("api_key");
        Assert.Equal(400, (int)(await fixture.SendJsonAsync(HttpMethod.Get, "/api/v1/auth/me", null, token, ("X-API-Key", key))).StatusCode);
        Assert.Equal(403, await UseAsync(fixture, key));
        Assert.Equal(200, (int)(await fixture.SendJsonAsync(HttpMethod.Get, "/api/v1/auth/me", null, null, ("X-API-Key", key))).StatusCode);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(401, (int)(await fixture.SendJsonAsync(HttpMethod.Get, "/api/v1/auth/me", null, null, ("X-API-Key", key))).StatusCode);
    }

    private static async Task<string> TokenAsync(ServerFixture fixture) =>
        (await (await PynomalyLoginTests.JsonLoginAsync(fixture)).JsonAsync(200)).Text("access_token");

    private static async Task<int> UseAsync(ServerFixture fixture, string key) =>
        (int)(await fixture.SendJsonAsync(HttpMethod.Get, "/api/orders", null, null, ("X-API-Key", key))).StatusCode;
}
