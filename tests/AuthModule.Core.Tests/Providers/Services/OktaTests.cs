using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class OktaTests : IDisposable
{
    private const string Organization = "https://acme.okta.example";

    private readonly ServiceKey key = ServiceKey.NewRsa();

    private static string Metadata(string issuer, string path) => $$"""
        {"issuer":"{{issuer}}","authorization_endpoint":"{{path}}/authorize","token_endpoint":"{{path}}/token","revocation_endpoint":"{{path}}/revoke","introspection_endpoint":"{{path}}/introspect",
        "jwks_uri":"{{path}}/keys","response_types_supported":["code"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt","none"]}
        """;

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("okta", Organization + "/oauth2/default", Organization + "/oauth2/default/v1")]
    [InlineData("okta-org", Organization, Organization + "/oauth2/v1")]
    public async Task A_service_app_signs_in_with_its_key(string provider, string issuer, string path)
    {
        using ServiceHost service = new ServiceHost(provider).WithAuthority(Organization + "/oauth2").WithKey("0oa1service", key.Path).WithScopes("okta.users.read")
            .On($"GET {issuer}/.well-known/openid-configuration", Metadata(issuer, path))
            .On($"POST {path}/token", """{"token_type":"Bearer","expires_in":3600,"access_token":"eyJ.okta","scope":"okta.users.read"}""")
            .On($"POST {path}/revoke", "");
        Assert.Equal("Bearer eyJ.okta", (await service.GetAsync()).ToHeader()["Authorization"]);
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.Equal(
            $"POST {path}/token grant_type=client_credentials&scope=okta.users.read&client_id=0oa1service&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={service.Sent[1].Field("client_assertion")}",
            service.Sent[1].ToString());
        (string header, string claims) = key.Open(service.Sent[1].Field("client_assertion"));
        Assert.Contains("\"alg\":\"RS256\"", header, StringComparison.Ordinal);
        Assert.Contains($"\"aud\":\"{path}/token\"", claims, StringComparison.Ordinal);
        Assert.Contains("\"iss\":\"0oa1service\",\"sub\":\"0oa1service\"", claims, StringComparison.Ordinal);
        Assert.NotEqual(service.Sent[1].Field("client_assertion"), service.Sent[2].Field("client_assertion"));
        Assert.StartsWith($"POST {path}/revoke token=eyJ.okta&", service.Sent[3].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_client","error_description":"The client_assertion signature is invalid."}""", 401, AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_scope","error_description":"Custom scopes are not allowed for this request."}""", 400, AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string reply, int status, string id)
    {
        using ServiceHost service = new ServiceHost("okta-org").WithAuthority(Organization).WithKey("0oa1service", key.Path).WithScopes("custom")
            .On($"GET {Organization}/.well-known/openid-configuration", Metadata(Organization, Organization + "/oauth2/v1"))
            .On($"POST {Organization}/oauth2/v1/token", reply, status);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_token_has_a_scheme_of_its_own()
    {
        using ServiceHost service = new ServiceHost("okta-org").WithAuthority(Organization).WithApiKey("00QCjAl4MlV-WPXM");
        Assert.Equal("SSWS 00QCjAl4MlV-WPXM", (await service.GetAsync()).ToHeader()["Authorization"]);
    }

    public void Dispose() => key.Dispose();
}
