using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class ExactTests
{
    private const string Token = "POST https://start.exactonline.nl/api/oauth2/token";

    private static ServiceHost New() => new ServiceHost("exact").WithClient("8059c106-9dac", "oK74xnmfBrgn");

    private static string Reply(int number) => $$"""{"access_token":"stampNL001.a{{number}}","token_type":"bearer","expires_in":"600","refresh_token":"stampNL001.r{{number}}"}""";

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_by_browser()
    {
        using ServiceHost service = New().On(Token, Reply(1));
        (AuthorizationRequest asked, AuthToken token) = await service.SignInAsync("code-1");
        Assert.Equal(
            $"https://start.exactonline.nl/api/oauth2/auth?response_type=code&client_id=8059c106-9dac&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&state={asked.State}&force_login=0",
            asked.Url.AbsoluteUri);
        Assert.Equal(("Bearer stampNL001.a1", TimeSpan.FromMinutes(10)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        Assert.Equal(
            [$"{Token} grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&client_id=8059c106-9dac&client_secret=oK74xnmfBrgn"],
            service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_is_renewed_in_its_last_half_minute_and_never_before()
    {
        using ServiceHost service = New().WithRefreshToken("stampNL001.r0").On(Token, Reply(1)).On(Token, Reply(2));
        await service.GetAsync();
        service.Clock.Advance(TimeSpan.FromSeconds(560));
        Assert.Equal("stampNL001.a1", (await service.Host.CurrentAsync()).ToPlainText());
        AuthException early = await Assert.ThrowsAnyAsync<AuthException>(service.UpdateAsync);
        Assert.Single(service.Sent);
        Assert.DoesNotContain("stampNL001", early.Message, StringComparison.Ordinal);
        service.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("stampNL001.a2", (await service.UpdateAsync()).ToPlainText());
        const string renewed = "grant_type=refresh_token&refresh_token=stampNL001.r";
        const string client = "&client_id=8059c106-9dac&client_secret=oK74xnmfBrgn";
        Assert.Equal([$"{Token} {renewed}0{client}", $"{Token} {renewed}1{client}"], service.Lines);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_request","error_description":"Rate limit exceeded: access_token not expired"}""", 400, AuthErrorId.RateLimited)]
    [InlineData("""{"error":"invalid_client","error_description":"Invalid client secret."}""", 400, AuthErrorId.InvalidClient)]
    public async Task Its_errors_have_our_ids(string reply, int status, string id)
    {
        using ServiceHost service = New().WithRefreshToken("stampNL001.r0").On(Token, reply, status);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
