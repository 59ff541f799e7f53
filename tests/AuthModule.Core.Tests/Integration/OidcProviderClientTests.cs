using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Core.Tests.Integration;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderClientTests(OidcProviderServer server)
{
    private readonly EngineHost host = new();

    [Theory]
    [Trait("Feature", "R2")]
    [InlineData("ccBasic")]
    [InlineData("ccBasicSpecial")]
    [InlineData("ccPost")]
    public async Task A_client_gets_a_token_that_the_server_knows_as_its_own(string client)
    {
        TokenRequest request = server.As(client);
        AuthToken token = await host.GetAsync(request);

        JsonElement known = await server.IntrospectAsync(token.ToPlainText());
        Assert.True(known.GetProperty("active").GetBoolean());
        Assert.Equal(request.ClientId, known.GetProperty("client_id").GetString());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(known.GetProperty("exp").GetInt64()), token.ExpiresOn, TimeSpan.FromSeconds(5));
        Assert.Equal("client_credentials", token.Session.Grant);
        Assert.False(token.HasRefreshToken);
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task A_second_get_sends_nothing()
    {
        AuthToken first = await host.GetAsync(server.As("ccBasic"));
        int before = await server.CountAsync();

        Assert.Same(first, await host.GetAsync(server.As("ccBasic")));
        Assert.Same(first, await host.CurrentAsync());
        Assert.Equal(before, await server.CountAsync());
    }

    [Fact]
    [Trait("Feature", "N2")]
    public async Task Many_sessions_with_the_same_credential_send_one_token_request()
    {
        int before = await server.CountAsync("/token");

        AuthToken[] tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.GetAsync(server.As("ccBasic")))));

        Assert.Single(tokens.Select(token => token.ToPlainText()).Distinct());
        Assert.Equal(before + 1, await server.CountAsync("/token"));
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task Update_gets_another_token_where_there_is_no_refresh_token()
    {
        AuthToken first = await host.GetAsync(server.As("ccBasic"));
        AuthToken second = await host.UpdateAsync();

        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.Equal(first.SessionId, second.SessionId);
        Assert.True(await server.IsActiveAsync(second.ToPlainText()));
    }

    [Theory]
    [Trait("Feature", "R2")]
    [Trait("Feature", "N9")]
    [InlineData("ccBasic")]
    [InlineData("ccPost")]
    public async Task A_wrong_secret_is_InvalidClient_and_is_not_told(string client)
    {
        TokenRequest right = server.As(client);
        TokenRequest wrong = right with { Client = right.Client with { Secret = Secret.From("wrong-canary-secret") } };

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(wrong));

        Assert.Equal(AuthErrorId.InvalidClient, error.Code);
        Assert.Equal(401, error.StatusCode);
        Assert.Equal("invalid_client", error.OAuthError);
        Assert.DoesNotContain("canary", error.ToString() + error.ToJson() + string.Join('\n', host.Log.Lines));
        Assert.Null(host.Table.Current);
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task A_failure_leaves_the_session_at_hand_alone()
    {
        AuthToken token = await host.GetAsync(server.As("ccBasic"));
        TokenRequest stranger = server.As("ccBasic") with { ClientId = "nobody" };

        Assert.Equal(AuthErrorId.InvalidClient, (await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(stranger))).Code);
        Assert.Same(token, await host.CurrentAsync());
    }

    [Fact]
    [Trait("Feature", "C4")]
    public async Task A_grant_that_the_client_may_not_use_is_refused_in_the_servers_words()
    {
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => host.GetAsync(server.As("ccBasic", server.User("alice"))));
        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.Equal("invalid_request", error.OAuthError);
        Assert.Contains("grant type", error.OAuthErrorDescription);
    }

    [Fact]
    [Trait("Feature", "R14")]
    public async Task A_scope_that_the_server_leaves_out_is_not_claimed()
    {
        AuthToken token = await host.GetAsync(server.As("ccBasic", "api:read", "api:destroy") with { Resources = ["urn:test:opaque"] });
        Assert.Equal(["api:read"], token.Scopes);
    }

    [Fact]
    [Trait("Feature", "R14")]
    public async Task A_resource_that_the_server_does_not_know_is_InvalidRequest()
    {
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => host.GetAsync(server.As("ccBasic") with { Resources = ["urn:test:unheard-of"] }));
        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.Equal("invalid_target", error.OAuthError);
    }

    [Fact]
    [Trait("Feature", "R14")]
    public async Task The_resource_and_its_scopes_are_granted()
    {
        AuthToken token = await host.GetAsync(server.As("ccBasic", "api:read", "api:write") with { Resources = ["urn:test:opaque"] });

        JsonElement known = await server.IntrospectAsync(token.ToPlainText());
        Assert.Equal(["api:read", "api:write"], token.Scopes);
        Assert.Equal("urn:test:opaque", known.GetProperty("aud").GetString());
        Assert.Equal("api:read api:write", known.GetProperty("scope").GetString());
    }
}
