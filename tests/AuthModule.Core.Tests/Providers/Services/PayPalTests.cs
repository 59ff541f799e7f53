using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class PayPalTests
{
    private const string Token = "POST https://api-m.sandbox.paypal.com/v1/oauth2/token";

    private static ServiceHost New() => new ServiceHost("paypal").WithAuthority("api-m.sandbox.paypal.com").WithClient("AeA1QIZXiflr", "EGnHDxD_qRPdaLdZz8iC");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_a_token()
    {
        using ServiceHost service = New()
            .On(Token, """{"scope":"https://uri.paypal.com/services/invoicing","access_token":"A21AAFEpH4PsADK7qSS7","token_type":"Bearer","app_id":"APP-80W284485P519543T","expires_in":31668,"nonce":"2020-04-03T15:35:36Za"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer A21AAFEpH4PsADK7qSS7", TimeSpan.FromSeconds(31668), "APP-80W284485P519543T"), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn, (string)token.Properties["appId"]));
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials";
        Assert.Equal([asked, asked], service.Lines);
        Assert.Equal("Basic " + Convert.ToBase64String("AeA1QIZXiflr:EGnHDxD_qRPdaLdZz8iC"u8), service.Sent[0].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_description":"Client Authentication failed"}""", 401);
        AuthException error = await service.RefusedAsync();
        Assert.Equal((AuthErrorId.InvalidClient, "Client Authentication failed"), (error.Code, error.OAuthErrorDescription));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Without_an_address_it_is_the_live_service()
    {
        using ServiceHost service = new ServiceHost("paypal").WithClient("live", "live-secret")
            .On("POST https://api-m.paypal.com/v1/oauth2/token", """{"access_token":"A21","token_type":"Bearer","expires_in":32400}""");
        Assert.Equal("https://api-m.paypal.com", (await service.GetAsync()).Authority);
    }
}
