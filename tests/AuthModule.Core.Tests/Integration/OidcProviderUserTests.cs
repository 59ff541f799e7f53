using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Integration;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderUserTests(OidcProviderServer server)
{
    private readonly EngineHost host = new();

    [Theory]
    [Trait("Feature", "R7")]
    [InlineData("password")]
    [InlineData("passwordPublic")]
    public async Task A_user_signs_in_by_password(string client)
    {
        AuthToken token = await host.GetAsync(server.As(client, server.User("alice"), "openid", "profile"));

        JsonElement known = await server.IntrospectAsync(token.ToPlainText());
        Assert.Equal("alice", known.GetProperty("sub").GetString());
        Assert.Equal("alice", token.Subject);
        Assert.Equal(["openid", "profile"], token.Scopes);
        Assert.True(token.HasRefreshToken);
        Assert.Equal("password", token.Session.Grant);
    }

    [Fact]
    [Trait("Feature", "C9")]
    public async Task The_ID_token_is_valid_for_its_client_and_no_other()
    {
        TokenRequest request = server.As("password", server.User("alice"), "openid");
        AuthToken token = await host.GetAsync(request);
        string idToken = token.Tokens.IdToken!.Reveal();

        TokenTestResult mine = await TestIdTokenAsync(idToken, request.ClientId!, token.Tokens.AccessToken);
        Assert.True(mine.IsValid, string.Join("; ", mine.Checks));
        Assert.Equal("alice", mine.Subject);
        TokenTestResult foreign = await TestIdTokenAsync(idToken, "another-client", token.Tokens.AccessToken);
        Assert.Equal(AuthErrorId.AudienceMismatch, foreign.Failure);
        TokenTestResult swapped = await TestIdTokenAsync(idToken, request.ClientId!, Secret.From("another-access-token"));
        Assert.Equal(AuthErrorId.ClaimMismatch, swapped.Failure);
    }

    [Fact]
    [Trait("Feature", "P6")]
    public async Task A_wrong_password_is_InvalidCredentials()
    {
        GrantInput wrong = server.User("alice") with { Password = Secret.From("wrong-canary-password") };
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(server.As("password", wrong)));

        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
        Assert.Equal("invalid_grant", error.OAuthError);
        Assert.DoesNotContain("canary", error.ToString() + error.ToJson() + string.Join('\n', host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task Update_rotates_the_refresh_token_and_keeps_the_session()
    {
        AuthToken first = await host.GetAsync(server.As("password", server.User("alice"), "openid", "profile"));
        AuthToken second = await host.UpdateAsync();
        AuthToken third = await host.UpdateAsync();

        Assert.Equal(first.SessionId, third.SessionId);
        Assert.Equal("password", third.Session.Grant);
        Assert.Equal("alice", third.Subject);
        Assert.Equal(first.Scopes, third.Scopes);
        Assert.False(first.Tokens.RefreshToken!.Matches(second.Tokens.RefreshToken));
        Assert.False(second.Tokens.RefreshToken!.Matches(third.Tokens.RefreshToken));
        Assert.True(await server.IsActiveAsync(third.ToPlainText()));

        // The first one was spent on the way: no one signed in again.
        Assert.False(await server.IsActiveAsync(first.Tokens.RefreshToken.Reveal()));
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task A_spent_refresh_token_is_RefreshTokenExpired()
    {
        AuthToken first = await host.GetAsync(server.As("password", server.User("alice"), "openid"));
        Secret spent = first.Tokens.RefreshToken!;
        await host.UpdateAsync();

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(
            () => host.GetAsync(server.As("password", new GrantInput { RefreshToken = spent })));
        Assert.Equal(AuthErrorId.RefreshTokenExpired, error.Code);
        Assert.Equal("invalid_grant", error.OAuthError);
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task When_the_refresh_token_is_taken_away_the_stored_password_signs_in_again()
    {
        AuthToken first = await host.GetAsync(server.As("password", server.User("alice"), "openid"));
        await host.Engine.RevokeTokenAsync(host.Table, new TokenRequest(), first.Tokens.RefreshToken!, host.Log, TestContext.Current.CancellationToken);
        Assert.False(await server.IsActiveAsync(first.ToPlainText()));

        AuthToken second = await host.UpdateAsync();

        Assert.Equal(first.SessionId, second.SessionId);
        Assert.True(await server.IsActiveAsync(second.ToPlainText()));
        Assert.True(second.HasRefreshToken);
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task A_refresh_token_from_elsewhere_starts_a_session_that_renews_itself()
    {
        AuthToken elsewhere = await new EngineHost().GetAsync(server.As("password", server.User("bob"), "openid"));
        AuthToken first = await host.GetAsync(server.As("password", new GrantInput { RefreshToken = elsewhere.Tokens.RefreshToken }));
        AuthToken second = await host.UpdateAsync();

        Assert.Equal("refresh_token", first.Session.Grant);
        Assert.Equal("bob", (await server.IntrospectAsync(second.ToPlainText())).GetProperty("sub").GetString());
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task A_refresh_for_more_than_was_granted_is_InvalidScope()
    {
        AuthToken elsewhere = await new EngineHost().GetAsync(server.As("password", server.User("bob"), "openid"));
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => host.GetAsync(server.As("password", new GrantInput { RefreshToken = elsewhere.Tokens.RefreshToken }, "openid", "email")));
        Assert.Equal(AuthErrorId.InvalidScope, error.Code);
    }

    private async Task<TokenTestResult> TestIdTokenAsync(string token, string clientId, Secret accessToken)
    {
        ValidationRules rules = host.Engine.Tester.Prepare(host.Table, new TokenTestRequest
        {
            Rules = new ValidationRules { Use = TokenUse.Id, ClientIds = [clientId], AccessToken = accessToken },
        });
        return await host.Engine.Tester.TestAsync(token, rules, host.Log, TestContext.Current.CancellationToken);
    }
}
