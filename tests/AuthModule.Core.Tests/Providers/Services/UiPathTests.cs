using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class UiPathTests
{
    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, "https://cloud.uipath.com")]
    [InlineData("https://cloud.uipath.com/acme/identity_/connect/token", "https://cloud.uipath.com/acme")]
    [InlineData("https://suite.acme.example", "https://suite.acme.example")]
    public async Task An_external_application_gets_and_renews_a_token(string? authority, string address)
    {
        string endpoint = $"POST {address}/identity_/connect/token";
        using ServiceHost service = new ServiceHost("uipath").WithClient("app", "uipath-secret").WithScopes("OR.Jobs", "OR.Queues")
            .On(endpoint, """{"access_token":"eyJ.u","expires_in":3600,"token_type":"Bearer","scope":"OR.Jobs OR.Queues"}""");
        service.Request = service.Request with { Authority = authority };
        Assert.Equal("Bearer eyJ.u", (await service.GetAsync()).ToHeader()["Authorization"]);
        await service.UpdateAsync();
        string asked = $"{endpoint} grant_type=client_credentials&scope=OR.Jobs+OR.Queues&client_id=app&client_secret=uipath-secret";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("invalid_client", AuthErrorId.InvalidClient)]
    [InlineData("invalid_scope", AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string code, string id)
    {
        using ServiceHost service = new ServiceHost("uipath").WithClient("app", "uipath-secret").WithScopes("OR.Jobs")
            .On("POST https://cloud.uipath.com/identity_/connect/token", $$"""{"error":"{{code}}"}""", 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
