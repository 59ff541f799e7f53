using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class PagerDutyTests
{
    private const string Token = "POST https://identity.pagerduty.com/oauth/token";

    private static ServiceHost New() => new ServiceHost("pagerduty").WithClient("7a1b-client", "pd-secret").WithScopes("incidents.read", "services.read").WithParameter("account", "us.companysubdomain");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_app_acts_on_an_account()
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"pdus+_0XBPWQQ_dfd3","scope":"as_account-us.companysubdomain incidents.read services.read","token_type":"bearer","expires_in":2592000}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer pdus+_0XBPWQQ_dfd3", TimeSpan.FromDays(30)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        Assert.Equal(["as_account-us.companysubdomain", "incidents.read", "services.read"], token.Scopes);
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=as_account-us.companysubdomain+incidents.read+services.read&client_id=7a1b-client&client_secret=pd-secret";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_key_has_a_scheme_of_its_own()
    {
        using ServiceHost service = new ServiceHost("pagerduty").WithApiKey("y_NbAkKc66ryYTWUXYEu");
        Assert.Equal("Token token=y_NbAkKc66ryYTWUXYEu", (await service.GetAsync()).ToHeader()["Authorization"]);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("acme")]
    [InlineData("de.acme")]
    public async Task An_account_has_region_and_subdomain(string account)
    {
        using ServiceHost service = New().WithParameter("account", account);
        Assert.Contains("us.acme", (await service.RefusedAsync()).Message, StringComparison.Ordinal);
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
