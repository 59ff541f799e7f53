using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class XeroTests
{
    private const string Token = "POST https://identity.xero.com/connect/token";
    private const string Connections = "GET https://api.xero.com/connections";
    private const string Revoke = "POST https://identity.xero.com/connect/revocation";

    private static ServiceHost New() => new ServiceHost("xero").WithClient("XERO1", "xero secret");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_custom_connection_needs_nobody_and_no_tenant()
    {
        using ServiceHost service = New().WithScopes("accounting.transactions").On(Token, """{"access_token":"x1","expires_in":1800,"token_type":"Bearer","scope":"accounting.transactions"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer x1", TimeSpan.FromMinutes(30)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        Assert.Single(token.ToHeader());
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&scope=accounting.transactions";
        Assert.Equal([asked, asked], service.Lines);
        Assert.Equal("Basic " + Convert.ToBase64String("XERO1:xero+secret"u8), service.Sent[0].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_persons_sign_in_keeps_the_tenant_and_its_refresh_token_is_revoked()
    {
        using ServiceHost service = New().WithScopes("offline_access", "accounting.transactions").On(Revoke, "")
            .On(Token, """{"access_token":"x1","refresh_token":"r1","expires_in":1800,"token_type":"Bearer"}""")
            .On(Token, """{"access_token":"x2","refresh_token":"r2","expires_in":1800,"token_type":"Bearer"}""")
            .On(Connections, """[{"id":"e1eede29","tenantId":"70784a63-d24b","tenantType":"ORGANISATION","tenantName":"Maple Florists","createdDateUtc":"2026-01-01T00:00:00"}]""");
        (AuthorizationRequest asked, AuthToken token) = await service.SignInAsync("code-1");
        Assert.StartsWith("https://login.xero.com/identity/connect/authorize?response_type=code&client_id=XERO1&", asked.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(("70784a63-d24b", "Maple Florists"), ((string?)token.ToHeader()["Xero-Tenant-Id"], (string)token.Properties["tenantName"]));
        Assert.Equal("70784a63-d24b", (await service.UpdateAsync()).ToHeader()["Xero-Tenant-Id"]);
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).RefreshToken);
        Assert.Equal(Connections, service.Sent[1].ToString());
        Assert.Equal("Bearer x1", service.Sent[1].Header("Authorization"));
        Assert.Equal($"{Token} grant_type=refresh_token&refresh_token=r1", service.Sent[2].ToString());
        Assert.Equal($"{Revoke} token=r2", service.Sent[3].ToString());
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_grant"}""", AuthErrorId.RefreshTokenExpired)]
    [InlineData("""{"error":"invalid_client"}""", AuthErrorId.InvalidClient)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().WithRefreshToken("r-old").On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
