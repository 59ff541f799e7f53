using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class PagerDutyTests
{
    private const string Token = "POST https://identity.pagerduty.com/oauth/token";

    private static ServiceHost New() => new ServiceHost("pagerduty").WithClient("app", "pd-secret").WithParameter("subdomain", "acme").WithScopes("incidents.read", "services.read");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_app_gets_a_token_for_an_account()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"pdus+_0X","scope":"as_account-us.acme incidents.read services.read","token_type":"bearer","expires_in":864000}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer pdus+_0X", "application/vnd.pagerduty+json;version=2", TimeSpan.FromDays(10)), (token.ToHeader()["Authorization"], token.ToHeader()["Accept"], token.ExpiresIn));
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=as_account-us.acme+incidents.read+services.read&client_id=app&client_secret=pd-secret";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_goes_out_in_its_own_form()
    {
        using ServiceHost service = new ServiceHost("pagerduty").WithApiKey("y_NbAkKc66ryYTWUXYEu");
        Assert.Equal("Token token=y_NbAkKc66ryYTWUXYEu", (await service.GetAsync()).ToHeader()["Authorization"]);
        Assert.Empty(service.Sent);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_description":"Client authentication failed"}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
