using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Dialects;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class MosaiaTests
{
    private const string SignIn = "/v1/auth/signin";
    private const string SignOut = "/v1/auth/signout";
    private const string Password = """{"grant_type":"password","email":"bob@example.com","password":"builder","client_id":"desktop"}""";

    [Theory]
    [Trait("Feature", "M1")]
    [Trait("Feature", "M2")]
    [InlineData(Password, "bob")]
    [InlineData("""{"grant_type":"client","client_id":"portal","client_secret":"portal-secret"}""", "portal")]
    public async Task Sign_in_answers_in_an_envelope(string body, string subject)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement reply = await (await fixture.SendJsonAsync(HttpMethod.Post, SignIn, body)).JsonAsync(200);
        Assert.Equal(["data", "meta", "error"], reply.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(JsonValueKind.Null, reply.GetProperty("error").ValueKind);
        Assert.Equal(subject, reply.GetProperty("data").Text("sub"));
        Assert.True(await fixture.IsActiveAsync(reply.GetProperty("data").Text("access_token")));
    }

    [Fact]
    [Trait("Feature", "M3")]
    public async Task Refresh_rotates_as_documented()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement first = await SignInAsync(fixture);
        JsonElement second = await RefreshAsync(fixture, first);
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        JsonElement refused = await (await PostRefreshAsync(fixture, first)).JsonAsync(401);
        Assert.Equal("INVALID_REFRESH_TOKEN", refused.Text("code"));
    }

    [Fact]
    [Trait("Feature", "M3")]
    public async Task Refresh_as_coded_gives_no_refresh_token_and_keeps_the_old_one_good()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(asCoded: true);
        JsonElement first = await SignInAsync(fixture);
        Assert.False((await RefreshAsync(fixture, first)).TryGetProperty("refresh_token", out _));
        await RefreshAsync(fixture, first);
    }

    [Theory]
    [Trait("Feature", "M11")]
    [InlineData("""{"grant_type":"password","email":"bob@example.com","password":"wrong","client_id":"desktop"}""", 401, "INVALID_CREDENTIALS")]
    [InlineData("""{"grant_type":"password","email":"bob@example.com","password":"builder","client_id":"nobody"}""", 401, "INVALID_CLIENT")]
    [InlineData("""{"grant_type":"client","client_id":"portal","client_secret":"wrong"}""", 401, "INVALID_CLIENT")]
    [InlineData("""{"grant_type":"magic"}""", 400, "INVALID_GRANT_TYPE")]
    public async Task Errors_come_by_status_or_as_coded_inside_a_200(string body, int status, string code)
    {
        await using ServerFixture documented = await DialectFixture.StartAsync();
        JsonElement flat = await (await documented.SendJsonAsync(HttpMethod.Post, SignIn, body)).JsonAsync(status);
        Assert.Equal(code, flat.Text("code"));
        Assert.NotEmpty(flat.Text("message"));

        await using ServerFixture coded = await DialectFixture.StartAsync(asCoded: true);
        JsonElement wrapped = await (await coded.SendJsonAsync(HttpMethod.Post, SignIn, body)).JsonAsync(200);
        Assert.Equal(status, wrapped.GetProperty("error").GetProperty("status").GetInt32());
        Assert.Equal(code, wrapped.GetProperty("error").Text("code"));
    }

    [Theory]
    [Trait("Feature", "M5")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sign_out_takes_the_token_by_body_or_as_coded_by_query(bool asCoded)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(asCoded);
        JsonElement tokens = await SignInAsync(fixture);
        string byQuery = $"{SignOut}?token={tokens.Text("access_token")}";
        string body = $$"""{"token":"{{tokens.Text("access_token")}}"}""";
        await fixture.SendJsonAsync(HttpMethod.Delete, asCoded ? SignOut : byQuery, asCoded ? body : null);
        Assert.True(await fixture.IsActiveAsync(tokens.Text("access_token")));

        HttpResponseMessage done = await fixture.SendJsonAsync(HttpMethod.Delete, asCoded ? byQuery : SignOut, asCoded ? null : body);
        Assert.Equal(204, (int)done.StatusCode);
        Assert.False(await fixture.IsActiveAsync(tokens.Text("access_token")));
        Assert.False(await fixture.IsActiveAsync(tokens.Text("refresh_token")));
    }

    [Theory]
    [Trait("Feature", "M12")]
    [InlineData("Seconds", JsonValueKind.Number, 1)]
    [InlineData("Milliseconds", JsonValueKind.Number, 1000)]
    [InlineData("SecondsText", JsonValueKind.String, 1)]
    [InlineData("MillisecondsText", JsonValueKind.String, 1000)]
    public async Task Times_come_in_any_notation(string notation, JsonValueKind kind, long factor)
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await DialectFixture.StartAsync(
            clock: clock, change: options => options with { Times = Enum.Parse<TimeNotation>(notation) });
        JsonElement end = (await SignInAsync(fixture)).GetProperty("exp");
        Assert.Equal(kind, end.ValueKind);
        Assert.Equal(clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() * factor, long.Parse(end.ToString(), CultureInfo.InvariantCulture));
    }

    [Fact]
    [Trait("Feature", "M9")]
    public async Task A_code_is_exchanged_and_renewed_at_their_own_paths()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        HttpResponseMessage redirect = await fixture.GetAsync(
            "/oauth?client_id=desktop&redirect_uri=http%3A%2F%2F127.0.0.1%3A7000%2Fcallback&response_type=code"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&scope=openid%2Corders.read&state=s1");
        var answer = QueryHelpers.ParseQuery(redirect.Headers.Location!.Query);
        Assert.Equal("s1", answer["state"]);

        JsonElement tokens = await (await fixture.PostFormAsync(
            "/v1/auth/token",
            ("client_id", "desktop"),
            ("redirect_uri", "http://127.0.0.1:7000/callback"),
            ("code", answer["code"]!),
            ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            ("grant_type", "authorization_code"))).JsonAsync(200);
        Assert.Equal("openid,orders.read", tokens.Text("scope"));
        Assert.Equal("alice", tokens.Text("sub"));

        JsonElement renewed = await (await OAuthRefreshAsync(fixture, tokens)).JsonAsync(200);
        Assert.NotEqual(tokens.Text("access_token"), renewed.Text("access_token"));
        await (await OAuthRefreshAsync(fixture, tokens)).IsErrorAsync(400, "invalid_grant");
    }

    private static async Task<JsonElement> SignInAsync(ServerFixture fixture) =>
        (await (await fixture.SendJsonAsync(HttpMethod.Post, SignIn, Password)).JsonAsync(200)).GetProperty("data");

    private static Task<HttpResponseMessage> PostRefreshAsync(ServerFixture fixture, JsonElement tokens) =>
        fixture.SendJsonAsync(HttpMethod.Post, SignIn, $$"""{"grant_type":"refresh","refresh_token":"{{tokens.Text("refresh_token")}}"}""");

    private static async Task<JsonElement> RefreshAsync(ServerFixture fixture, JsonElement tokens) =>
        (await (await PostRefreshAsync(fixture, tokens)).JsonAsync(200)).GetProperty("data");

    private static Task<HttpResponseMessage> OAuthRefreshAsync(ServerFixture fixture, JsonElement tokens) =>
        fixture.PostFormAsync("/auth/token", ("refresh_token", tokens.Text("refresh_token")), ("grant_type", "refresh_token"));
}
