using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DynatraceTests
{
    private const string Token = "POST https://sso.dynatrace.com/sso/oauth2/token";

    private static ServiceHost New() => new ServiceHost("dynatrace").WithClient("dt0s02.APP", "dt0s02.secret").WithScopes("account-idm-read", "account-idm-write");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_OAuth_client_gets_and_renews_a_token_for_its_account()
    {
        using ServiceHost service = New().On(Token, """{"scope":"account-idm-read account-idm-write","token_type":"Bearer","expires_in":300,"access_token":"eyJ.dt","resource":"urn:dtaccount:abc"}""");
        service.Request = service.Request with { Resources = ["urn:dtaccount:abc"] };
        Assert.Equal(TimeSpan.FromSeconds(300), (await service.GetAsync()).ExpiresIn);
        service.Clock.Advance(TimeSpan.FromSeconds(301));
        await service.GetAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=account-idm-read+account-idm-write&resource=urn%3Adtaccount%3Aabc&client_id=dt0s02.APP&client_secret=dt0s02.secret";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_access_token_goes_out_as_one()
    {
        using ServiceHost service = new ServiceHost("dynatrace").WithAuthority("https://abc.live.dynatrace.com").WithApiKey("dt0c01.key");
        Assert.Equal("Api-Token dt0c01.key", (await service.GetAsync()).ToHeader()["Authorization"]);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_description":"Client authentication failed"}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
