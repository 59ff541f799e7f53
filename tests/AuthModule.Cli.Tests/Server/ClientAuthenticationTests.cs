using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class ClientAuthenticationTests
{
    private const string Secret = "s3cret:+ %&ü";

    [Fact]
    [Trait("Feature", "R2")]
    public async Task A_client_proves_itself_by_header_or_by_form()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        HttpResponseMessage byHeader = await fixture.PostBasicAsync("/token", "nightly", Secret, ("grant_type", "client_credentials"), ("scope", "orders.read"));
        JsonElement reply = await byHeader.JsonAsync(200);
        Assert.Equal("Bearer", reply.Text("token_type"));
        Assert.Equal(3600, reply.GetProperty("expires_in").GetInt32());
        Assert.Equal("orders.read", reply.Text("scope"));
        Assert.False(reply.TryGetProperty("refresh_token", out _));
        Assert.True(byHeader.Headers.CacheControl?.NoStore);

        HttpResponseMessage byForm = await fixture.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", "nightly"), ("client_secret", Secret));
        Assert.Equal("orders.read orders.write", (await byForm.JsonAsync(200)).Text("scope"));
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task Both_parts_of_the_header_are_form_decoded()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        string raw = System.Convert.ToBase64String(Encoding.UTF8.GetBytes($"nightly:{Secret}"));
        HttpResponseMessage response = await fixture.SendAsync(
            HttpMethod.Post, "/token", new AuthenticationHeaderValue("Basic", raw), new StringContent("grant_type=client_credentials", Encoding.UTF8, "application/x-www-form-urlencoded"));
        await response.IsErrorAsync(401, "invalid_client");
    }

    [Theory]
    [Trait("Feature", "R2")]
    [InlineData("nightly", "wrong")]
    [InlineData("nightly", "")]
    [InlineData("unknown", Secret)]
    public async Task A_wrong_secret_by_header_is_401_with_a_challenge(string id, string secret)
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        HttpResponseMessage response = await fixture.PostBasicAsync("/token", id, secret, ("grant_type", "client_credentials"));
        await response.IsErrorAsync(401, "invalid_client");
        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task A_wrong_secret_by_form_is_401_without_a_challenge()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        HttpResponseMessage response = await fixture.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", "nightly"), ("client_secret", "wrong"));
        await response.IsErrorAsync(401, "invalid_client");
        Assert.Empty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task A_client_authenticates_in_one_way_and_one_that_it_may_use()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        await (await fixture.PostBasicAsync("/token", "nightly", Secret, ("grant_type", "client_credentials"), ("client_secret", Secret)))
            .IsErrorAsync(400, "invalid_request");
        await (await fixture.PostBasicAsync("/token", "nightly", Secret, ("grant_type", "client_credentials"), ("client_id", "portal")))
            .IsErrorAsync(400, "invalid_request");
        await (await fixture.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", "basic-only"), ("client_secret", "basic-secret")))
            .IsErrorAsync(401, "invalid_client");
        await (await fixture.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", "nightly")))
            .IsErrorAsync(401, "invalid_client");
        await (await fixture.PostFormAsync("/token", ("grant_type", "client_credentials")))
            .IsErrorAsync(401, "invalid_client");
    }
}
