using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AdfsTests
{
    private const string Token = "POST https://fs.contoso.example/adfs/oauth2/token/";

    private const string Metadata = """
        {"issuer":"https://fs.contoso.example/adfs","authorization_endpoint":"https://fs.contoso.example/adfs/oauth2/authorize/","token_endpoint":"https://fs.contoso.example/adfs/oauth2/token/",
        "jwks_uri":"https://fs.contoso.example/adfs/discovery/keys","token_endpoint_auth_methods_supported":["client_secret_post","client_secret_basic","private_key_jwt","windows_client_authentication"],
        "response_types_supported":["code"],"device_authorization_endpoint":"https://fs.contoso.example/adfs/oauth2/devicecode","access_token_issuer":"http://fs.contoso.example/adfs/services/trust"}
        """;

    private static ServiceHost New() => new ServiceHost("adfs").WithAuthority("fs.contoso.example/adfs/oauth2")
        .On("GET https://fs.contoso.example/adfs/.well-known/openid-configuration", Metadata);

    private static ServiceHost Client()
    {
        ServiceHost service = New().WithClient("client-1", "adfs secret");
        service.Request = service.Request with { Resources = ["https://api.contoso.example"] };
        return service;
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_a_token_for_the_API_it_names()
    {
        using ServiceHost service = Client().On(Token, """{"access_token":"eyJ.adfs","token_type":"bearer","expires_in":3600}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal("Bearer eyJ.adfs", token.ToHeader()["Authorization"]);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Unsupported, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&resource=https%3A%2F%2Fapi.contoso.example&client_id=client-1&client_secret=adfs+secret";
        Assert.Equal(["GET https://fs.contoso.example/adfs/.well-known/openid-configuration", asked, asked], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_clients_own_assertion_names_the_token_endpoint()
    {
        using ServiceKey key = ServiceKey.NewRsa();
        using ServiceHost service = New().WithKey("client-1", key.Path).On(Token, """{"access_token":"eyJ.adfs","token_type":"bearer","expires_in":3600}""");
        await service.GetAsync();
        Assert.Contains("\"aud\":\"https://fs.contoso.example/adfs/oauth2/token/\"", key.Open(service.Sent[1].Field("client_assertion")).Claims, System.StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = Client()
            .On(Token, """{"error":"invalid_client","error_description":"MSIS9622: Client authentication failed. Please verify the credential provided for client authentication is valid."}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        using ServiceHost service = New().WithPerson("CONTOSO\\ann", "pass & word").On(Token, """{"error":"invalid_grant","error_description":"MSIS9659: Invalid 'username' or 'password'."}""", 400);
        service.Request = service.Request with { ClientId = "client-1" };
        Assert.Equal(AuthErrorId.InvalidCredentials, (await service.RefusedAsync()).Code);
    }
}
