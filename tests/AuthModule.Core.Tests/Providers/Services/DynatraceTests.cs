using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DynatraceTests
{
    private const string Token = "POST https://sso.dynatrace.com/sso/oauth2/token";
    private const string Account = "0f5c2d0a-1111-2222-3333-444455556666";

    private static ServiceHost New() => new ServiceHost("dynatrace").WithClient("dt0s02.CLIENT", "dt0s02.CLIENT.secret").WithScopes("account-idm-read", "account-idm-write");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_a_token_for_an_account()
    {
        using ServiceHost service = New().WithParameter("account", Account)
            .On(Token, """{"scope":"account-idm-read account-idm-write","token_type":"Bearer","expires_in":300,"access_token":"eyJ.dt","resource":"urn:dtaccount:0f5c2d0a-1111-2222-3333-444455556666"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ.dt", TimeSpan.FromMinutes(5)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=account-idm-read+account-idm-write&resource=urn%3Adtaccount%3A{Account}&client_id=dt0s02.CLIENT&client_secret=dt0s02.CLIENT.secret";
        Assert.Equal([asked, asked], service.Lines);
        Assert.Null(service.Sent[0].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Without_an_account_no_resource_is_asked_for()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.dt","token_type":"Bearer","expires_in":300}""");
        await service.GetAsync();
        Assert.DoesNotContain("resource", service.Sent[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_access_token_of_an_environment_has_a_scheme_of_its_own()
    {
        using ServiceHost service = new ServiceHost("dynatrace").WithAuthority("https://abc12345.live.dynatrace.com/api/v2").WithApiKey("dt0c01.KEY.secret");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("https://abc12345.live.dynatrace.com", "Api-Token dt0c01.KEY.secret"), (token.Authority, (string?)token.ToHeader()["Authorization"]));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_that_is_not_known_is_refused()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client"}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
