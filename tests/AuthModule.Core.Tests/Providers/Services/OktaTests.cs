using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class OktaTests : IDisposable
{
    private readonly ServiceKey key = ServiceKey.NewRsa();

    private const string Server = "https://acme.okta.com/oauth2/default";

    private static readonly string Metadata = $$"""
        {"issuer":"{{Server}}","token_endpoint":"{{Server}}/v1/token","revocation_endpoint":"{{Server}}/v1/revoke","jwks_uri":"{{Server}}/v1/keys",
         "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt","none"]}
        """;

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_with_a_key_proves_itself_by_a_JWT_and_revokes_what_it_got()
    {
        using ServiceHost service = new ServiceHost("okta").WithAuthority("acme.okta.com").WithKey("0oa1client", key.Path).WithScopes("orders.read")
            .On($"GET {Server}/.well-known/openid-configuration", Metadata)
            .On($"POST {Server}/v1/token", """{"token_type":"Bearer","expires_in":3600,"access_token":"eyJ.o","scope":"orders.read"}""")
            .On($"POST {Server}/v1/revoke", "");
        Assert.Equal("eyJ.o", (await service.GetAsync()).ToPlainText());
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        ServiceRequest asked = service.Sent[1];
        Assert.Equal(
            ("client_credentials", "orders.read", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            (asked.Field("grant_type"), asked.Field("scope"), asked.Field("client_assertion_type")));
        string claims = key.Open(asked.Field("client_assertion")).Claims;
        Assert.Contains("\"iss\":\"0oa1client\"", claims, StringComparison.Ordinal);
        Assert.Contains("\"sub\":\"0oa1client\"", claims, StringComparison.Ordinal);
        Assert.Contains($"\"aud\":\"{Server}\"", claims, StringComparison.Ordinal);
        Assert.StartsWith($"POST {Server}/v1/revoke token=eyJ.o", service.Sent[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Its_own_error_is_told()
    {
        using ServiceHost service = new ServiceHost("okta").WithAuthority("acme.okta.com").WithKey("0oa1client", key.Path)
            .On($"GET {Server}/.well-known/openid-configuration", Metadata)
            .On($"POST {Server}/v1/token", """{"error":"invalid_client","error_description":"The client_assertion token has an invalid signature."}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }

    public void Dispose() => key.Dispose();
}
