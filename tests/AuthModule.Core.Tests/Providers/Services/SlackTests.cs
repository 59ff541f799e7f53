using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SlackTests
{
    private const string Token = "POST https://slack.com/api/oauth.v2.access";
    private const string Revoke = "POST https://slack.com/api/auth.revoke";

    private static ServiceHost New() => new ServiceHost("slack").WithClient("415.41", "app-secret").WithRefreshToken("xoxe-1-first");

    private static string Reply(string number) => $$"""
        {"ok":true,"app_id":"A1","scope":"chat:write,users:read","token_type":"bot","access_token":"xoxe.xoxb-{{number}}","bot_user_id":"U0","refresh_token":"xoxe-{{number}}-next","expires_in":43200,"team":{"id":"T1","name":"Acme"} }
        """;

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_is_rotated_and_revoked()
    {
        using ServiceHost service = New().On(Token, Reply("1")).On(Token, Reply("2")).On(Revoke, """{"ok":true,"revoked":true}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer xoxe.xoxb-1", TimeSpan.FromHours(12), "T1", "U0"), ((string)token.ToHeader()["Authorization"]!, token.ExpiresIn, token.Properties["teamId"], token.Properties["botUserId"]));
        Assert.Equal(["chat:write", "users:read"], token.Scopes);
        Assert.Equal("xoxe.xoxb-2", (await service.UpdateAsync()).ToPlainText());
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.Equal(
            [
                $"{Token} grant_type=refresh_token&refresh_token=xoxe-1-first&client_id=415.41&client_secret=app-secret",
                $"{Token} grant_type=refresh_token&refresh_token=xoxe-1-next&client_id=415.41&client_secret=app-secret",
                Revoke,
            ],
            service.Lines);
        Assert.Equal("Bearer xoxe.xoxb-2", service.Sent[2].Header("Authorization"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("invalid_refresh_token", AuthErrorId.RefreshTokenExpired)]
    [InlineData("bad_client_secret", AuthErrorId.InvalidClient)]
    [InlineData("invalid_client_id", AuthErrorId.InvalidClient)]
    [InlineData("ratelimited", AuthErrorId.RateLimited)]
    public async Task Its_errors_come_with_status_200(string code, string id)
    {
        using ServiceHost service = New().On(Token, $$"""{"ok":false,"error":"{{code}}"}""");
        AuthException error = await service.RefusedAsync();
        Assert.Equal((id, code), (error.Code, error.OAuthError));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_revocation_that_is_refused_with_status_200_is_not_confirmed()
    {
        using ServiceHost service = New().On(Token, Reply("1")).On(Revoke, """{"ok":false,"error":"fatal_error"}""");
        await service.GetAsync();
        Assert.NotEqual(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_that_lasts_goes_out_as_it_is()
    {
        using ServiceHost service = new ServiceHost("slack").WithApiKey("xoxb-lasting");
        Assert.Equal("Bearer xoxb-lasting", (await service.GetAsync()).ToHeader()["Authorization"]);
        Assert.Empty(service.Sent);
    }
}
