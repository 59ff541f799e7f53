using System;
using System.Linq;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class PingFederateTests
{
    private const string Base = "https://sso.acme.example:9031";
    private const string Token = $"POST {Base}/as/token.oauth2";
    private const string Revoke = $"POST {Base}/as/revoke_token.oauth2";

    private static ServiceHost New() => new ServiceHost("pingfederate").WithAuthority(Base + "/as/token.oauth2").WithClient("app", "ping-secret").WithScopes("orders")
        .On($"GET {Base}/.well-known/openid-configuration", $$"""
            {"issuer":"{{Base}}","authorization_endpoint":"{{Base}}/as/authorization.oauth2","token_endpoint":"{{Base}}/as/token.oauth2","revocation_endpoint":"{{Base}}/as/revoke_token.oauth2",
             "introspection_endpoint":"{{Base}}/as/introspect.oauth2","jwks_uri":"{{Base}}/pf/JWKS","token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","private_key_jwt"]}
            """);

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_renews_and_revokes_a_token_of_a_chosen_manager()
    {
        using ServiceHost service = New().WithParameter("tokenManager", "jwtATM").On(Token, """{"access_token":"eyJ.p","token_type":"Bearer","expires_in":7199}""").On(Revoke, "");
        Assert.Equal(7199, (await service.GetAsync()).ExpiresIn.TotalSeconds);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&scope=orders&access_token_manager_id=jwtATM";
        Assert.Equal([asked, asked, $"{Revoke} token=eyJ.p&token_type_hint=access_token"], service.Lines.Skip(1));
        Assert.All(service.Sent.Skip(1), request => Assert.Equal("Basic " + Convert.ToBase64String("app:ping-secret"u8), request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_description":"Invalid client or client credentials."}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
