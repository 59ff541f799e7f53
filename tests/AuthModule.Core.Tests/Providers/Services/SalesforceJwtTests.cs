using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SalesforceJwtTests : IDisposable
{
    private const string Token = "POST https://login.salesforce.com/services/oauth2/token";
    private const string Revoke = "POST https://login.salesforce.com/services/oauth2/revoke";

    private readonly ServiceKey key = ServiceKey.NewRsa();

    private ServiceHost New() => new ServiceHost("salesforce-jwt").WithKey("3MVG9.consumer", key.Path).WithParameter("user", "job@acme.example");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_signs_in_for_a_user_anew_at_each_renewal()
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"00D!1","scope":"api web","instance_url":"https://acme.my.salesforce.com","id":"https://login.salesforce.com/id/00D/005","token_type":"Bearer"}""")
            .On(Revoke, "");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("00D!1", "https://acme.my.salesforce.com"), (token.ToPlainText(), token.Properties["instanceUrl"]));
        Assert.Equal(["api", "web"], token.Scopes);
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.Equal(
            [
                $"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={service.Sent[0].Field("assertion")}",
                $"{Token} grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={service.Sent[1].Field("assertion")}",
                $"{Revoke} token=00D%211",
            ],
            service.Lines);
        Assert.Equal(
            ("""{"alg":"RS256","typ":"JWT"}""", """{"iss":"3MVG9.consumer","sub":"job@acme.example","aud":"https://login.salesforce.com","iat":1767323045,"exp":1767323225}"""),
            key.Open(service.Sent[0].Field("assertion")));
        Assert.Contains("\"iat\":1767323055,", key.Open(service.Sent[1].Field("assertion")).Claims, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_sandbox_is_another_address_and_audience()
    {
        using ServiceHost service = New().WithAuthority("test.salesforce.com").WithParameter("audience", "https://test.salesforce.com")
            .On("POST https://test.salesforce.com/services/oauth2/token", """{"access_token":"00D!1","token_type":"Bearer"}""");
        await service.GetAsync();
        Assert.Contains("\"aud\":\"https://test.salesforce.com\"", key.Open(service.Sent[0].Field("assertion")).Claims, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_grant","error_description":"user hasn't approved this consumer"}""", AuthErrorId.InteractionRequired)]
    [InlineData("""{"error":"invalid_app_access","error_description":"user is not admin approved to access this app"}""", AuthErrorId.AccessDenied)]
    [InlineData("""{"error":"invalid_grant","error_description":"invalid assertion"}""", AuthErrorId.InvalidClient)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    public void Dispose() => key.Dispose();
}
