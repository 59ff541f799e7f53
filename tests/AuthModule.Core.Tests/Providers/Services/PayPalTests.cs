using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class PayPalTests
{
    private const string Token = "POST https://api-m.paypal.com/v1/oauth2/token";

    private static ServiceHost New() => new ServiceHost("paypal").WithClient("app", "paypal-secret");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_and_renews_a_token()
    {
        using ServiceHost service = New()
            .On(Token, """{"scope":"https://uri.paypal.com/services/invoicing","access_token":"A21AA","token_type":"Bearer","app_id":"APP-80W2","expires_in":31668,"nonce":"2026-01-02T03:04:05Zabc"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer A21AA", "APP-80W2", TimeSpan.FromSeconds(31668)), ((string)token.ToHeader()["Authorization"]!, token.Properties["appId"], token.ExpiresIn));
        await service.UpdateAsync();
        Assert.Equal([$"{Token} grant_type=client_credentials", $"{Token} grant_type=client_credentials"], service.Lines);
        Assert.All(service.Sent, request => Assert.Equal("Basic " + Convert.ToBase64String("app:paypal-secret"u8), request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_description":"Client Authentication failed"}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
