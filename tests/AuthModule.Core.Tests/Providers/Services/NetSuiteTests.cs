using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class NetSuiteTests : IDisposable
{
    private readonly ServiceKey key = ServiceKey.NewRsa();

    private const string Token = "POST https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token";

    private ServiceHost New() => new ServiceHost("netsuite").WithKey("client-id", key.Path).WithParameter("account", "1234567-sb1").WithParameter("certificate", "cert-id-1").WithScopes("restlets", "rest_webservices");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_certificate_signs_in_with_PS256_anew_at_each_renewal()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.n","expires_in":"3600","token_type":"bearer"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ.n", TimeSpan.FromHours(1)), ((string)token.ToHeader()["Authorization"]!, token.ExpiresIn));
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        await service.UpdateAsync();
        string assertion = service.Sent[0].Field("client_assertion");
        Assert.Equal(
            $"{Token} grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={assertion}",
            service.Sent[0].ToString());
        Assert.Equal(
            (
                """{"alg":"PS256","typ":"JWT","kid":"cert-id-1"}""",
                """{"iss":"client-id","scope":"restlets,rest_webservices","aud":"https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token","iat":1767323045,"exp":1767326045}"""),
            key.Open(assertion));
        Assert.NotEqual(assertion, service.Sent[1].Field("client_assertion"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("invalid_grant")]
    [InlineData("invalid_request")]
    public async Task A_mapping_that_does_not_fit_is_a_fault_of_the_client(string code)
    {
        using ServiceHost service = New().On(Token, $$"""{"error":"{{code}}"}""", 400);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }

    public void Dispose() => key.Dispose();
}
