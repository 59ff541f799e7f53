using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class ExactTests
{
    private const string Token = "POST https://start.exactonline.nl/api/oauth2/token";

    private static ServiceHost New() => new ServiceHost("exact").WithClient("8059c106", "exact-secret").WithRefreshToken("stamp.first");

    private static string Reply(int number) => $$"""{"access_token":"stamp.a{{number}}","token_type":"bearer","expires_in":"600","refresh_token":"stamp.r{{number}}"}""";

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_renewal_is_not_sent_before_nine_and_a_half_minutes()
    {
        using ServiceHost service = New().On(Token, Reply(1)).On(Token, Reply(2));
        Assert.Equal(TimeSpan.FromMinutes(10), (await service.GetAsync()).ExpiresIn);
        service.Clock.Advance(TimeSpan.FromSeconds(565));
        Assert.Equal("stamp.a1", (await service.Host.CurrentAsync()).ToPlainText());
        service.Clock.Advance(TimeSpan.FromSeconds(36));
        Assert.Equal("stamp.a2", (await service.Host.CurrentAsync()).ToPlainText());
        Assert.Equal(
            [
                $"{Token} grant_type=refresh_token&refresh_token=stamp.first&client_id=8059c106&client_secret=exact-secret",
                $"{Token} grant_type=refresh_token&refresh_token=stamp.r1&client_id=8059c106&client_secret=exact-secret",
            ],
            service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in()
    {
        using ServiceHost service = New().On(Token, Reply(1));
        service.Request = service.Request with { Input = new AuthModule.Requests.GrantInput() };
        (AuthorizationRequest asked, AuthToken token) = await service.SignInAsync("code-1");
        Assert.Equal($"https://start.exactonline.nl/api/oauth2/auth?client_id=8059c106&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&response_type=code&state={asked.State}", asked.Url.AbsoluteUri);
        Assert.Equal("stamp.a1", token.ToPlainText());
        Assert.Equal([$"{Token} grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&client_id=8059c106&client_secret=exact-secret"], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_old_refresh_token_means_to_sign_in_again()
    {
        using ServiceHost service = New().On(Token, """{"error":"unauthorized_client","error_description":"Old refresh token used."}""", 400);
        Assert.Equal(AuthErrorId.RefreshTokenExpired, (await service.RefusedAsync()).Code);
    }
}
