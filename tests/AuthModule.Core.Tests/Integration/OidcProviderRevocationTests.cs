using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Integration;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderRevocationTests(OidcProviderServer server)
{
    private readonly EngineHost host = new();

    [Fact]
    [Trait("Feature", "R10")]
    [Trait("Feature", "N7")]
    public async Task Revoked_tokens_are_inactive_at_the_server_and_forgotten_here()
    {
        AuthToken token = await host.GetAsync(server.As("password", server.User("alice"), "openid"));
        string access = token.ToPlainText();
        string refresh = token.Tokens.RefreshToken!.Reveal();
        Assert.True(await server.IsActiveAsync(access));
        Assert.True(await server.IsActiveAsync(refresh));

        RevocationResult result = await host.RevokeAsync();

        Assert.Equal(RevocationOutcome.Confirmed, result.AccessToken);
        Assert.Equal(RevocationOutcome.Confirmed, result.RefreshToken);
        Assert.True(result.LocalCleared);
        Assert.False(await server.IsActiveAsync(access));
        Assert.False(await server.IsActiveAsync(refresh));
        Assert.Empty(host.Table.All);
        Assert.Equal(AuthErrorId.NoSession, (await Assert.ThrowsAsync<ConfigurationException>(() => host.CurrentAsync())).Code);
    }

    [Fact]
    [Trait("Feature", "R10")]
    public async Task A_clients_token_is_revoked_and_the_next_get_brings_a_new_one()
    {
        TokenRequest request = server.As("ccBasic");
        string first = (await host.GetAsync(request)).ToPlainText();
        RevocationResult result = await host.RevokeAsync();
        string second = (await host.GetAsync(request)).ToPlainText();

        Assert.Equal(RevocationOutcome.Confirmed, result.AccessToken);
        Assert.Equal(RevocationOutcome.None, result.RefreshToken);
        Assert.False(await server.IsActiveAsync(first));
        Assert.True(await server.IsActiveAsync(second));
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task A_local_revocation_sends_nothing_and_says_so()
    {
        string token = (await host.GetAsync(server.As("ccBasic"))).ToPlainText();
        int before = await server.CountAsync();

        RevocationResult result = await host.RevokeAsync(localOnly: true);

        Assert.Equal(before, await server.CountAsync());
        Assert.Equal(RevocationOutcome.None, result.AccessToken);
        Assert.True(result.LocalCleared);
        Assert.True(await server.IsActiveAsync(token));
    }

    [Fact]
    [Trait("Feature", "N7")]
    public async Task A_revocation_that_the_server_refuses_is_not_called_one()
    {
        AuthToken mine = await host.GetAsync(server.As("ccBasic"));
        TokenRequest wrong = server.As("ccBasic") with { Client = new ClientCredential { Secret = AuthModule.Secrets.Secret.From("wrong") } };

        RevocationResult result = await host.Engine.RevokeTokenAsync(host.Table, wrong, mine.Tokens.AccessToken, host.Log, TestContext.Current.CancellationToken);

        Assert.Equal(RevocationOutcome.Failed, result.AccessToken);
        Assert.Contains("invalid_client", result.Message);
        Assert.True(await server.IsActiveAsync(mine.ToPlainText()));
    }
}
