using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class PingFederateTests
{
    private const string Address = "https://sso.contoso.example:9031";
    private const string Token = $"POST {Address}/as/token.oauth2";
    private const string Revoke = $"POST {Address}/as/revoke_token.oauth2";

    private const string Metadata = """
        {"issuer":"https://sso.contoso.example:9031","authorization_endpoint":"https://sso.contoso.example:9031/as/authorization.oauth2","token_endpoint":"https://sso.contoso.example:9031/as/token.oauth2",
        "revocation_endpoint":"https://sso.contoso.example:9031/as/revoke_token.oauth2","introspection_endpoint":"https://sso.contoso.example:9031/as/introspect.oauth2",
        "jwks_uri":"https://sso.contoso.example:9031/pf/JWKS","response_types_supported":["code"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","private_key_jwt"]}
        """;

    private static ServiceHost New() => new ServiceHost("pingfederate").WithAuthority(Address + "/as/token.oauth2").WithClient("ac_client", "2Federate")
        .On($"GET {Address}/.well-known/openid-configuration", Metadata);

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_signs_in_and_its_token_is_revoked()
    {
        using ServiceHost service = New().WithScopes("edit").WithParameter("access_token_manager_id", "jwt").On(Revoke, "")
            .On(Token, """{"access_token":"pf1","token_type":"Bearer","expires_in":7199}""");
        Assert.Equal("Bearer pf1", (await service.GetAsync()).ToHeader()["Authorization"]);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&scope=edit&access_token_manager_id=jwt";
        Assert.Equal(
            [$"GET {Address}/.well-known/openid-configuration", asked, asked, $"{Revoke} token=pf1&token_type_hint=access_token"],
            service.Lines);
        Assert.Equal("Basic " + System.Convert.ToBase64String("ac_client:2Federate"u8), service.Sent[3].Header("Authorization"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error_description":"Invalid client or client credentials.","error":"invalid_client"}""", 401, AuthErrorId.InvalidClient)]
    [InlineData("""{"error_description":"The requested scope(s) must be blank or a subset of the provided scopes.","error":"invalid_scope"}""", 400, AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string reply, int status, string id)
    {
        using ServiceHost service = New().On(Token, reply, status);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_dead_refresh_token_says_so()
    {
        using ServiceHost service = New().WithRefreshToken("r-dead").On(Token, """{"error_description":"unknown, invalid, or expired refresh token","error":"invalid_grant"}""", 400);
        Assert.Equal(AuthErrorId.RefreshTokenExpired, (await service.RefusedAsync()).Code);
    }
}
