using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AuthentikTests
{
    private const string Base = "https://auth.acme.example/application/o";
    private const string Token = $"POST {Base}/token/";
    private const string Revoke = $"POST {Base}/revoke/";

    private static ServiceHost New()
    {
        ServiceHost service = new ServiceHost("authentik").WithAuthority("https://auth.acme.example").WithParameter("application", "orders").WithScopes("profile");
        service.Request = service.Request with { ClientId = "app" };
        return service;
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_account_signs_in_with_its_app_password()
    {
        using ServiceHost service = New().WithPerson("job", "app-password").On(Token, """{"access_token":"eyJ.a","token_type":"Bearer","scope":"profile","expires_in":300}""").On(Revoke, "");
        Assert.Equal("Bearer eyJ.a", (await service.GetAsync()).ToHeader()["Authorization"]);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&client_id=app&username=job&password=app-password&scope=profile";
        Assert.Equal([asked, asked, $"{Revoke} token=eyJ.a&token_type_hint=access_token&client_id=app"], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_with_its_secret_and_a_workload_sign_in_too()
    {
        using ServiceHost service = New().WithClient("app", "client-secret").On(Token, """{"access_token":"eyJ.a","token_type":"Bearer","expires_in":300}""");
        await service.GetAsync();
        service.Request = service.Request with
        {
            Client = new ClientCredential { AssertionSource = new DelegateAssertionSource("test", _ => ValueTask.FromResult(service.Keep("eyJ.platform"))) },
        };
        await service.GetAsync();
        Assert.Equal(
            [
                $"{Token} grant_type=client_credentials&scope=profile&client_id=app&client_secret=client-secret",
                $"{Token} grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJ.platform&client_id=app&scope=profile",
            ],
            service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_app_password_is_told()
    {
        using ServiceHost service = New().WithPerson("job", "wrong-word")
            .On(Token, """{"error":"invalid_grant","error_description":"The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client"}""", 400);
        Assert.Equal(AuthErrorId.InvalidCredentials, (await service.RefusedAsync()).Code);
    }
}
