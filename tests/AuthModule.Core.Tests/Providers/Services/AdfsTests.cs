using System.Linq;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AdfsTests
{
    private const string Farm = "https://fs.contoso.example/adfs";
    private const string Token = $"POST {Farm}/oauth2/token/";

    private static ServiceHost New()
    {
        ServiceHost service = new ServiceHost("adfs").WithAuthority("fs.contoso.example").WithClient("8a3d-client", "adfs-secret")
            .On($"GET {Farm}/.well-known/openid-configuration", $$"""
                {"issuer":"{{Farm}}","authorization_endpoint":"{{Farm}}/oauth2/authorize/","token_endpoint":"{{Farm}}/oauth2/token/","jwks_uri":"{{Farm}}/discovery/keys",
                 "token_endpoint_auth_methods_supported":["client_secret_post","client_secret_basic","private_key_jwt","windows_client_authentication"],
                 "access_token_issuer":"http://fs.contoso.example/adfs/services/trust"}
                """);
        service.Request = service.Request with { Resources = ["https://api.contoso.example"] };
        return service;
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_server_application_gets_and_renews_a_token_for_a_web_API()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.f","token_type":"bearer","expires_in":3600}""");
        Assert.Equal("Bearer eyJ.f", (await service.GetAsync()).ToHeader()["Authorization"]);
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=client_credentials&resource=https%3A%2F%2Fapi.contoso.example&client_id=8a3d-client&client_secret=adfs-secret";
        Assert.Equal([asked, asked], service.Lines.Skip(1));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_with_a_refresh_token_to_follow()
    {
        using ServiceHost service = New().WithPerson("ann@contoso.example", "pass word")
            .On(Token, """{"access_token":"eyJ.1","token_type":"bearer","expires_in":3600,"refresh_token":"r1","refresh_token_expires_in":28799}""")
            .On(Token, """{"access_token":"eyJ.2","token_type":"bearer","expires_in":3600}""");
        await service.GetAsync();
        Assert.Equal("eyJ.2", (await service.UpdateAsync()).ToPlainText());
        Assert.Equal(
            $"{Token} grant_type=password&username=ann%40contoso.example&password=pass+word&resource=https%3A%2F%2Fapi.contoso.example&client_id=8a3d-client&client_secret=adfs-secret",
            service.Lines.ElementAt(1));
        Assert.Equal("r1", service.Sent[2].Field("refresh_token"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_unknown_client_is_told()
    {
        using ServiceHost service = New().On(Token, """{"error":"invalid_client","error_description":"MSIS9607: The 'client_id' parameter in the request is invalid. No registered client is found with this identifier."}""", 400);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
