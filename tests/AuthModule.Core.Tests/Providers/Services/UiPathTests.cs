using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class UiPathTests
{
    private const string Token = "POST https://cloud.uipath.com/acme/identity_/connect/token";

    private static ServiceHost New() => new ServiceHost("uipath").WithClient("5da7ca2a-app", "p@ssw0rd & secret").WithScopes("OR.Jobs", "OR.Folders.Read").WithParameter("organization", "acme");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_external_application_gets_a_token()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.ui","expires_in":3600,"token_type":"Bearer","scope":"OR.Folders.Read OR.Jobs"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ.ui", TimeSpan.FromHours(1)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=OR.Jobs+OR.Folders.Read&client_id=5da7ca2a-app&client_secret=p%40ssw0rd+%26+secret";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_personal_token_needs_no_organization()
    {
        using ServiceHost service = new ServiceHost("uipath").WithApiKey("rt_personal");
        Assert.Equal("Bearer rt_personal", (await service.GetAsync()).ToHeader()["Authorization"]);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_client"}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_scope"}""", AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task The_organization_is_asked_for()
    {
        using ServiceHost service = new ServiceHost("uipath").WithClient("app", "app-secret").WithScopes("OR.Jobs");
        AuthException error = await service.RefusedAsync();
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Contains("organization", error.Message, StringComparison.Ordinal);
    }
}
