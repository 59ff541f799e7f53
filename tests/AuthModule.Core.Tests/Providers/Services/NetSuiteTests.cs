using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class NetSuiteTests : IDisposable
{
    private const string Token = "POST https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token";

    private readonly ServiceKey key = ServiceKey.NewRsa();

    private ServiceHost New() => new ServiceHost("netsuite").WithKey("661131f7bf0a", key.Path).WithScopes("restlets", "rest_webservices")
        .WithParameter("account", "1234567-sb1").WithParameter("certificateId", "cert-9-A");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_certificate_signs_in_with_PS256_and_the_id_that_the_service_gave_it()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJraWQ.ns","expires_in":"3600","token_type":"bearer"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJraWQ.ns", TimeSpan.FromHours(1)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        await service.UpdateAsync();
        Assert.Equal(
            $"{Token} grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={service.Sent[0].Field("client_assertion")}",
            service.Sent[0].ToString());
        (string header, string claims) = key.Open(service.Sent[0].Field("client_assertion"));
        Assert.Equal("""{"alg":"PS256","typ":"JWT","kid":"cert-9-A"}""", header);
        Assert.Equal(
            """{"iss":"661131f7bf0a","scope":"restlets,rest_webservices","aud":"https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token","iat":1767323045,"exp":1767323345}""",
            claims);
        Assert.Contains("\"iat\":1767323055,", key.Open(service.Sent[1].Field("client_assertion")).Claims, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_grant","error_description":"The JWT token is expired or its signature is invalid."}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_client"}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_request"}""", AuthErrorId.InvalidRequest)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    public void Dispose() => key.Dispose();
}
