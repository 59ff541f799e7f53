using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class OktaApiTests : IDisposable
{
    private readonly ServiceKey key = ServiceKey.NewRsa();

    private const string Token = "POST https://acme.okta.com/oauth2/v1/token";
    private const string Revoke = "POST https://acme.okta.com/oauth2/v1/revoke";

    private ServiceHost New() => new ServiceHost("okta-api").WithAuthority("acme.okta.com").WithKey("0oa1service", key.Path).WithScopes("okta.users.read");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_app_gets_and_revokes_a_token_of_the_organization()
    {
        using ServiceHost service = New().On(Token, """{"token_type":"Bearer","expires_in":3600,"access_token":"eyJ.org","scope":"okta.users.read"}""").On(Revoke, "");
        Assert.Equal("Bearer eyJ.org", (await service.GetAsync()).ToHeader()["Authorization"]);
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.StartsWith($"{Token} grant_type=client_credentials&scope=okta.users.read&", service.Sent[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("\"aud\":\"https://acme.okta.com/oauth2/v1/token\"", key.Open(service.Sent[0].Field("client_assertion")).Claims, StringComparison.Ordinal);
        Assert.StartsWith($"{Revoke} token=eyJ.org", service.Sent[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_scope_that_was_not_granted_is_told_and_an_API_token_goes_out_in_its_own_form()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_scope","error_description":"The authorization server resource does not have any configured default scopes, 'scope' must be provided."}""", 400);
        Assert.Equal(AuthErrorId.InvalidScope, (await service.RefusedAsync()).Code);
        using ServiceHost token = new ServiceHost("okta-api").WithAuthority("acme.okta.com").WithApiKey("00api-token");
        Assert.Equal("SSWS 00api-token", (await token.GetAsync()).ToHeader()["Authorization"]);
    }

    public void Dispose() => key.Dispose();
}
