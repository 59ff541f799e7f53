using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SalesforceTests
{
    private const string Domain = "https://acme.my.salesforce.com";
    private const string Token = $"POST {Domain}/services/oauth2/token";
    private const string Revoke = $"POST {Domain}/services/oauth2/revoke";

    private const string Reply = """
        {"access_token":"00Dxx!AQ1","signature":"sGq=","scope":"api","instance_url":"https://acme.my.salesforce.com","id":"https://login.salesforce.com/id/00Dxx/005xx","token_type":"Bearer","issued_at":"1767323045000"}
        """;

    private static ServiceHost New() => new ServiceHost("salesforce").WithAuthority(Domain + "/services/oauth2/token").WithClient("3MVG9.consumer", "consumer & secret");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_a_token_and_where_its_instance_is()
    {
        using ServiceHost service = New().On(Token, Reply).On(Revoke, "");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("00Dxx!AQ1", Domain, "https://login.salesforce.com/id/00Dxx/005xx"), (token.ToPlainText(), token.Properties["instanceUrl"], token.Properties["identityUrl"]));
        Assert.Equal("Bearer 00Dxx!AQ1", token.ToHeader()["Authorization"]);
        Assert.Equal(service.Clock.GetUtcNow(), token.IssuedOn);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&client_id=3MVG9.consumer&client_secret=consumer+%26+secret";
        Assert.Equal([asked, asked, $"{Revoke} token=00Dxx%21AQ1"], service.Lines);
        Assert.All(service.Sent, request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_refresh_token_is_renewed_with_and_stays()
    {
        using ServiceHost service = New().WithRefreshToken("5Aep861.refresh").On(Token, Reply);
        await service.GetAsync();
        AuthToken token = await service.UpdateAsync();
        Assert.True(token.HasRefreshToken);
        const string asked = $"{Token} grant_type=refresh_token&refresh_token=5Aep861.refresh&client_id=3MVG9.consumer&client_secret=consumer+%26+secret";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_client","error_description":"invalid client credentials"}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_client_id","error_description":"client identifier invalid"}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_grant","error_description":"no client credentials user enabled"}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_grant","error_description":"request not supported on this domain"}""", AuthErrorId.UnsupportedGrant)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_dead_refresh_token_says_so()
    {
        using ServiceHost service = New().WithRefreshToken("5Aep861.refresh").On(Token, """{"error":"invalid_grant","error_description":"expired access/refresh token"}""", 400);
        Assert.Equal(AuthErrorId.RefreshTokenExpired, (await service.RefusedAsync()).Code);
    }
}
