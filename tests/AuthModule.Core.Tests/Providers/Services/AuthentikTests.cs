using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AuthentikTests
{
    private const string Application = "https://auth.contoso.example/application/o/backup";
    private const string Token = "POST https://auth.contoso.example/application/o/token/";
    private const string Revoke = "POST https://auth.contoso.example/application/o/revoke/";
    private const string Reply = """{"access_token":"eyJ.ak","token_type":"Bearer","scope":"profile","expires_in":300}""";

    private const string Metadata = """
        {"issuer":"https://auth.contoso.example/application/o/backup/","authorization_endpoint":"https://auth.contoso.example/application/o/authorize/","token_endpoint":"https://auth.contoso.example/application/o/token/",
        "revocation_endpoint":"https://auth.contoso.example/application/o/revoke/","introspection_endpoint":"https://auth.contoso.example/application/o/introspect/",
        "jwks_uri":"https://auth.contoso.example/application/o/backup/jwks/","response_types_supported":["code"],"token_endpoint_auth_methods_supported":["client_secret_post","client_secret_basic"]}
        """;

    private static ServiceHost New()
    {
        ServiceHost service = new ServiceHost("authentik").WithAuthority("auth.contoso.example").WithParameter("application", "backup")
            .On($"GET {Application}/.well-known/openid-configuration", Metadata);
        service.Request = service.Request with { ClientId = "ak-client" };
        return service;
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_account_signs_in_with_its_app_password()
    {
        using ServiceHost service = New().WithPerson("backup-job", "app password").WithScopes("profile").On(Token, Reply).On(Revoke, "");
        Assert.Equal("Bearer eyJ.ak", (await service.GetAsync()).ToHeader()["Authorization"]);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&client_id=ak-client&username=backup-job&password=app+password&scope=profile";
        Assert.Equal([$"GET {Application}/.well-known/openid-configuration", asked, asked], System.Linq.Enumerable.Take(service.Lines, 3));
        Assert.StartsWith($"{Revoke} token=eyJ.ak&", service.Sent[3].ToString(), System.StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task The_applications_own_secret_will_do_as_well()
    {
        using ServiceHost service = New().WithClient("ak-client", "ak-secret").On(Token, Reply);
        await service.GetAsync();
        Assert.Equal($"{Token} grant_type=client_credentials", service.Sent[1].ToString());
        Assert.Equal("Basic " + System.Convert.ToBase64String("ak-client:ak-secret"u8), service.Sent[1].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_app_password_is_told()
    {
        using ServiceHost service = New().WithPerson("backup-job", "wrong password")
            .On(Token, """{"error":"invalid_grant","error_description":"The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client"}""", 400);
        Assert.Equal(AuthErrorId.InvalidCredentials, (await service.RefusedAsync()).Code);
    }
}
