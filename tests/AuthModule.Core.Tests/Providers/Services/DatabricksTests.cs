using System;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DatabricksTests
{
    private const string Workspace = "https://adb-1.2.azuredatabricks.net";
    private const string Token = $"POST {Workspace}/oidc/v1/token";
    private const string Reply = """{"access_token":"eyJ.d","scope":"all-apis","token_type":"Bearer","expires_in":3600}""";

    private static ServiceHost New() => new ServiceHost("databricks").WithAuthority(Workspace).WithClient("sp-1", "dose-secret");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_principal_gets_and_renews_a_token_of_the_workspace()
    {
        using ServiceHost service = New().On(Token, Reply);
        Assert.Equal(("Bearer eyJ.d", TimeSpan.FromHours(1)), ((string)(await service.GetAsync()).ToHeader()["Authorization"]!, (await service.GetAsync()).ExpiresIn));
        await service.UpdateAsync();
        Assert.Equal([$"{Token} grant_type=client_credentials&scope=all-apis", $"{Token} grant_type=client_credentials&scope=all-apis"], service.Lines);
        Assert.All(service.Sent, request => Assert.Equal("Basic " + Convert.ToBase64String("sp-1:dose-secret"u8), request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_account_has_an_address_of_its_own()
    {
        const string account = "POST https://accounts.cloud.databricks.com/oidc/accounts/0d26daa6-5e44-4c97-a497-ef015f91254a/v1/token";
        using ServiceHost service = New().WithAuthority("accounts.cloud.databricks.com").WithParameter("account", "0d26daa6-5e44-4c97-a497-ef015f91254a").On(account, Reply);
        await service.GetAsync();
        Assert.Equal([$"{account} grant_type=client_credentials&scope=all-apis"], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_workload_is_federated_and_a_personal_token_goes_out_as_it_is()
    {
        using ServiceHost service = New().On(Token, Reply);
        service.Request = service.Request with
        {
            ClientId = "sp-1",
            Client = new ClientCredential { AssertionSource = new DelegateAssertionSource("test", _ => ValueTask.FromResult(service.Keep("eyJ.platform"))) },
        };
        await service.GetAsync();
        Assert.Equal(
            [$"{Token} client_id=sp-1&subject_token=eyJ.platform&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&scope=all-apis"],
            service.Lines);
        using ServiceHost personal = new ServiceHost("databricks").WithAuthority(Workspace).WithApiKey("dapi-personal");
        Assert.Equal("Bearer dapi-personal", (await personal.GetAsync()).ToHeader()["Authorization"]);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_id":"e-1","error_description":"Client authentication failed"}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
