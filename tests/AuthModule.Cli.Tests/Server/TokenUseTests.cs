using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

/// <summary>Introspection, revocation, userinfo and the sample API.</summary>
public sealed class TokenUseTests
{
    [Fact]
    [Trait("Feature", "R11")]
    public async Task Introspection_tells_confidential_clients_what_a_token_is_worth()
    {
        var clock = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.StartAsync(ServerFixture.Options with { Clock = clock });
        string token = (await fixture.SignInAsync()).Text("access_token");
        JsonElement reply = await (await fixture.PostBasicAsync("/introspect", "portal", "portal-secret", ("token", token))).JsonAsync(200);
        Assert.True(reply.GetProperty("active").GetBoolean());
        Assert.Equal("alice", reply.Text("sub"));
        Assert.Equal("portal", reply.Text("client_id"));
        Assert.Equal("openid email orders.read", reply.Text("scope"));
        Assert.Equal(clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), reply.GetProperty("exp").GetInt64());

        clock.Advance(TimeSpan.FromHours(1));
        JsonElement later = await (await fixture.PostBasicAsync("/introspect", "portal", "portal-secret", ("token", token))).JsonAsync(200);
        Assert.Equal("{\"active\":false}", later.GetRawText());

        await (await fixture.PostFormAsync("/introspect", ("token", token))).IsErrorAsync(401, "invalid_client");
        await (await fixture.PostFormAsync("/introspect", ("token", token), ("client_id", "desktop"))).IsErrorAsync(401, "invalid_client");
    }

    [Fact]
    [Trait("Feature", "R11")]
    public async Task A_token_is_described_to_its_client_and_an_access_token_to_APIs()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement tokens = await fixture.SignInAsync();
        string clients = (await (await fixture.PostBasicAsync(
            "/token", "nightly", "s3cret:+ %&ü", ("grant_type", "client_credentials"))).JsonAsync(200)).Text("access_token");
        async Task<string> AskAsync(string client, string secret, string token)
        {
            JsonElement reply = await (await fixture.PostBasicAsync("/introspect", client, secret, ("token", token))).JsonAsync(200);
            return reply.GetProperty("active").GetBoolean() ? reply.Text("token_use") : reply.GetRawText();
        }

        Assert.Equal("access_token", await AskAsync("portal", "portal-secret", tokens.Text("access_token")));
        Assert.Equal("refresh_token", await AskAsync("portal", "portal-secret", tokens.Text("refresh_token")));
        Assert.Equal("access_token", await AskAsync("portal", "portal-secret", clients));
        Assert.Equal("access_token", await AskAsync("nightly", "s3cret:+ %&ü", clients));
        Assert.Equal("{\"active\":false}", await AskAsync("nightly", "s3cret:+ %&ü", tokens.Text("access_token")));
        Assert.Equal("{\"active\":false}", await AskAsync("basic-only", "basic-secret", tokens.Text("refresh_token")));
    }

    [Fact]
    [Trait("Feature", "R10")]
    public async Task Revocation_ends_a_token_and_accepts_unknown_ones()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement tokens = await fixture.SignInAsync();
        HttpResponseMessage foreign = await fixture.PostFormAsync("/revoke", ("token", tokens.Text("refresh_token")), ("client_id", "desktop"));
        await foreign.IsErrorAsync(400, "unauthorized_client");
        Assert.True(await fixture.IsActiveAsync(tokens.Text("access_token")));

        for (int i = 0; i < 2; i++)
        {
            HttpResponseMessage revoked = await fixture.PostBasicAsync("/revoke", "portal", "portal-secret", ("token", tokens.Text("refresh_token")));
            Assert.Equal(200, (int)revoked.StatusCode);
            Assert.False(await fixture.IsActiveAsync(tokens.Text("access_token")));
        }
    }

    [Fact]
    public async Task Userinfo_tells_who_signed_in()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        JsonElement reply = await (await fixture.GetAsync("/userinfo", (await fixture.SignInAsync()).Text("access_token"))).JsonAsync(200);
        Assert.Equal("alice", reply.Text("sub"));
        Assert.Equal("alice@example.com", reply.Text("email"));
        Assert.Equal(403, (int)(await fixture.GetAsync("/userinfo", (await fixture.SignInAsync("orders.read")).Text("access_token"))).StatusCode);
    }

    [Theory]
    [InlineData(null, 401, "Bearer realm=\"authmodule\"")]
    [InlineData("unknown", 401, "error=\"invalid_token\"")]
    [InlineData("email", 403, "error=\"insufficient_scope\", scope=\"orders.read\"")]
    [InlineData("orders.read", 200, null)]
    public async Task The_sample_api_wants_a_good_token_with_its_scope(string? scope, int status, string? challenge)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        string? token = scope is null or "unknown" ? scope : (await fixture.SignInAsync(scope)).Text("access_token");
        HttpResponseMessage response = await fixture.GetAsync("/api/orders", token);
        Assert.Equal(status, (int)response.StatusCode);
        if (challenge is null)
        {
            Assert.Empty(response.Headers.WwwAuthenticate);
        }
        else
        {
            Assert.Contains(challenge, response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }
}
