using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SpotifyTests
{
    private const string Token = "POST https://accounts.spotify.com/api/token";

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_app_gets_and_renews_a_token()
    {
        using ServiceHost service = new ServiceHost("spotify").WithClient("app", "spotify-secret").On(Token, """{"access_token":"NgCXRK","token_type":"Bearer","expires_in":3600}""");
        Assert.Equal("Bearer NgCXRK", (await service.GetAsync()).ToHeader()["Authorization"]);
        await service.UpdateAsync();
        Assert.Equal([$"{Token} grant_type=client_credentials", $"{Token} grant_type=client_credentials"], service.Lines);
        Assert.All(service.Sent, request => Assert.Equal("Basic " + Convert.ToBase64String("app:spotify-secret"u8), request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_without_a_secret_and_the_refresh_token_stays()
    {
        using ServiceHost service = new ServiceHost("spotify").WithScopes("user-read-email");
        service.Request = service.Request with { ClientId = "app" };
        service.On(Token, """{"access_token":"a1","token_type":"Bearer","scope":"user-read-email","expires_in":3600,"refresh_token":"r1"}""")
            .On(Token, """{"access_token":"a2","token_type":"Bearer","expires_in":3600}""")
            .On(Token, """{"error":"invalid_grant","error_description":"Refresh token revoked"}""", 400);
        (AuthorizationRequest asked, _) = await service.SignInAsync("code-1");
        Assert.StartsWith("https://accounts.spotify.com/authorize?response_type=code&client_id=app&", asked.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("code_challenge_method=S256", asked.Url.Query, StringComparison.Ordinal);
        Assert.Equal(("a2", true), ((await service.UpdateAsync()).ToPlainText(), (await service.Host.CurrentAsync()).HasRefreshToken));
        Assert.Equal($"{Token} grant_type=refresh_token&refresh_token=r1&client_id=app", service.Sent[1].ToString());
        AuthException refused = await Assert.ThrowsAnyAsync<AuthException>(service.UpdateAsync);
        Assert.Equal((AuthErrorId.RefreshTokenExpired, "Refresh token revoked"), (refused.Code, refused.OAuthErrorDescription));
    }
}
