using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class KeycloakTests
{
    private const string Realm = "/auth/realms/master";
    private const string Token = Realm + "/protocol/openid-connect/token";

    [Theory]
    [Trait("Feature", "P1")]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43200)]
    [InlineData("7d", 604800)]
    [InlineData("1y", 31536000)]
    [InlineData("90y", 31536000)]
    public async Task Token_duration_is_a_wish_that_the_server_may_cut(string wish, int seconds)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement reply = await (await SignInAsync(fixture, "builder", wish)).JsonAsync(200);
        Assert.Equal(seconds, reply.GetProperty("expires_in").GetInt32());
        var token = new JsonWebToken(reply.Text("access_token"));
        Assert.Equal(fixture.Server.Issuer + Realm, token.Issuer);
        Assert.Equal("desktop", token.GetClaim("azp").Value);
    }

    [Fact]
    public async Task A_wish_that_is_no_duration_is_refused()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        await (await SignInAsync(fixture, "builder", "soon")).IsErrorAsync(400, "invalid_request");
    }

    [Theory]
    [Trait("Feature", "P6")]
    [InlineData(false, 401)]
    [InlineData(true, 400)]
    public async Task A_wrong_password_is_invalid_grant_with_either_status(bool asCoded, int status)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(asCoded);
        await (await SignInAsync(fixture, "wrong", "7d")).IsErrorAsync(status, "invalid_grant");
    }

    [Theory]
    [InlineData("/auth/realms/demo")]
    [InlineData("/realms/demo")]
    public async Task A_realm_describes_itself_and_its_keys_answer(string realm)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement metadata = await (await fixture.GetAsync(realm + "/.well-known/openid-configuration")).JsonAsync(200);
        Assert.Equal(fixture.Server.Issuer + realm, metadata.Text("issuer"));
        Assert.Equal(fixture.Server.Issuer + realm + "/protocol/openid-connect/token", metadata.Text("token_endpoint"));
        await (await fixture.GetAsync(metadata.Text("jwks_uri"))).JsonAsync(200);
    }

    [Fact]
    public async Task Logout_ends_the_session()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync();
        JsonElement reply = await (await SignInAsync(fixture, "builder", "7d")).JsonAsync(200);
        HttpResponseMessage response = await fixture.PostFormAsync(
            Realm + "/protocol/openid-connect/logout", ("client_id", "desktop"), ("refresh_token", reply.Text("refresh_token")));
        Assert.Equal(204, (int)response.StatusCode);
        Assert.False(await fixture.IsActiveAsync(reply.Text("access_token")));
    }

    private static Task<HttpResponseMessage> SignInAsync(ServerFixture fixture, string password, string wish) => fixture.PostFormAsync(
        Token,
        ("grant_type", "password"),
        ("client_id", "desktop"),
        ("username", "bob"),
        ("password", password),
        ("token-duration", wish));
}
