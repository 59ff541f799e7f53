using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class TokenEndpointTests
{
    [Fact]
    public async Task A_person_signs_in_and_gets_an_id_token_too()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement reply = await fixture.SignInAsync();
        var access = new JsonWebToken(reply.Text("access_token"));
        Assert.Equal("at+jwt", access.Typ);
        Assert.Equal("alice", access.Subject);
        Assert.Equal(fixture.Server.Issuer, access.Issuer);
        Assert.Equal("portal", access.GetClaim("client_id").Value);

        var identity = new JsonWebToken(reply.Text("id_token"));
        Assert.Equal(["portal"], identity.Audiences);
        Assert.Equal("alice@example.com", identity.GetClaim("email").Value);
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task A_refresh_token_works_once_and_its_reuse_ends_the_family()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement first = await fixture.SignInAsync();
        JsonElement second = await (await RefreshAsync(fixture, first)).JsonAsync(200);
        Assert.False(await fixture.IsActiveAsync(first.Text("access_token")));
        Assert.True(await fixture.IsActiveAsync(second.Text("access_token")));

        await (await RefreshAsync(fixture, first)).IsErrorAsync(400, "invalid_grant");
        Assert.False(await fixture.IsActiveAsync(second.Text("access_token")));
        await (await RefreshAsync(fixture, second)).IsErrorAsync(400, "invalid_grant");
    }

    [Fact]
    public async Task A_public_client_signs_a_person_in_without_a_secret()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement reply = await (await fixture.PostFormAsync(
            "/token", ("grant_type", "password"), ("client_id", "desktop"), ("username", "bob"), ("password", "builder"))).JsonAsync(200);
        Assert.Equal("openid orders.read", reply.Text("scope"));
        await (await fixture.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", "desktop")))
            .IsErrorAsync(400, "unauthorized_client");
    }

    [Fact]
    public async Task Scopes_beyond_the_clients_or_the_persons_are_refused()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        await (await fixture.PostBasicAsync("/token", "nightly", "s3cret:+ %&ü", ("grant_type", "client_credentials"), ("scope", "orders.read admin")))
            .IsErrorAsync(400, "invalid_scope");
        await (await fixture.PostBasicAsync(
            "/token", "portal", "portal-secret", ("grant_type", "password"), ("username", "bob"), ("password", "builder"), ("scope", "orders.write")))
            .IsErrorAsync(400, "invalid_scope");
    }

    [Theory]
    [InlineData("grant_type=magic", "unsupported_grant_type")]
    [InlineData("scope=orders.read", "invalid_request")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", "invalid_request")]
    [InlineData("grant_type=password&username=alice", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=unknown", "invalid_grant")]
    public async Task Bad_requests_get_the_error_of_the_standard(string body, string error)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        var content = new StringContent($"{body}&client_id=portal&client_secret=portal-secret", Encoding.UTF8, "application/x-www-form-urlencoded");
        await (await fixture.SendAsync(HttpMethod.Post, "/token", content: content)).IsErrorAsync(400, error);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        await (await fixture.SendJsonAsync(HttpMethod.Post, "/token", "{\"grant_type\":\"client_credentials\"}")).IsErrorAsync(400, "invalid_request");
    }

    [Fact]
    public async Task A_form_with_too_many_fields_is_refused()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        (string, string)[] fields = [.. Enumerable.Range(0, 3000).Select(static i => ($"f{i}", "x"))];
        await (await fixture.PostFormAsync("/token", fields)).IsErrorAsync(400, "invalid_request");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_until_the_lock_ends()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { Clock = clock });
        for (int i = 0; i < 5; i++)
        {
            await (await PasswordAsync(fixture, "wrong")).IsErrorAsync(400, "invalid_grant");
        }

        JsonElement refused = await (await PasswordAsync(fixture, "builder")).JsonAsync(400);
        Assert.Contains("locked", refused.Text("error_description"), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(15));
        await (await PasswordAsync(fixture, "builder")).JsonAsync(200);
    }

    [Fact]
    public async Task Four_wrong_passwords_and_a_right_one_start_the_count_anew()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                await (await PasswordAsync(fixture, "wrong")).IsErrorAsync(400, "invalid_grant");
            }

            await (await PasswordAsync(fixture, "builder")).JsonAsync(200);
        }
    }

    private static Task<HttpResponseMessage> PasswordAsync(ServerFixture fixture, string password) => fixture.PostFormAsync(
        "/token", ("grant_type", "password"), ("client_id", "desktop"), ("username", "bob"), ("password", password));

    private static Task<HttpResponseMessage> RefreshAsync(ServerFixture fixture, JsonElement tokens) => fixture.PostBasicAsync(
        "/token", "portal", "portal-secret", ("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")));
}
