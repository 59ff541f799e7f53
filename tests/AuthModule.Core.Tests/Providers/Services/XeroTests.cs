using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class XeroTests
{
    private const string Token = "POST https://identity.xero.com/connect/token";
    private const string Revoke = "POST https://identity.xero.com/connect/revocation";
    private const string Connections = "GET https://api.xero.com/connections";

    private static ServiceHost New() => new ServiceHost("xero").WithClient("app", "xero-secret").WithScopes("accounting.transactions", "offline_access");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_custom_connection_gets_and_renews_a_token()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.x","expires_in":1800,"token_type":"Bearer","scope":"accounting.transactions"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ.x", false), (token.ToHeader()["Authorization"], token.ToHeader().ContainsKey("xero-tenant-id")));
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=accounting.transactions+offline_access";
        Assert.Equal([asked, asked], service.Lines);
        Assert.Equal("Basic " + Convert.ToBase64String("app:xero-secret"u8), service.Sent[0].Header("Authorization"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, "t-first")]
    [InlineData("t-other", "t-other")]
    public async Task A_person_signs_in_for_an_organisation(string? wanted, string tenant)
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"a1","refresh_token":"r1","id_token":"unread","expires_in":1800,"token_type":"Bearer","scope":"accounting.transactions offline_access"}""")
            .On(Token, """{"access_token":"a2","refresh_token":"r2","expires_in":1800,"token_type":"Bearer"}""")
            .On(Connections, """[{"id":"c1","tenantId":"t-first","tenantType":"ORGANISATION","tenantName":"Acme"},{"id":"c2","tenantId":"t-other","tenantType":"ORGANISATION","tenantName":"Other"}]""")
            .On(Revoke, "");
        (AuthorizationRequest asked, AuthToken token) = await (wanted is null ? service : service.WithParameter("tenantId", wanted)).SignInAsync("code-1");
        Assert.StartsWith("https://login.xero.com/identity/connect/authorize?response_type=code&client_id=app&", asked.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(tenant, token.ToHeader()["xero-tenant-id"]);
        token = await service.UpdateAsync();
        Assert.Equal(("Bearer a2", tenant), (token.ToHeader()["Authorization"], token.ToHeader()["xero-tenant-id"]));
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).RefreshToken);
        Assert.Equal([$"{Token} grant_type=refresh_token&refresh_token=r1", $"{Revoke} token=r2"], [service.Sent[2].ToString(), service.Sent[3].ToString()]);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_refresh_token_that_was_used_is_told()
    {
        using ServiceHost service = New().WithRefreshToken("r-old").On(Token, """{"error":"invalid_grant"}""", 400);
        Assert.Equal(AuthErrorId.RefreshTokenExpired, (await service.RefusedAsync()).Code);
    }
}
