using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class DatabricksTests
{
    private const string Workspace = "https://dbc-a1b2345c-d6e7.cloud.databricks.com";
    private const string Token = $"POST {Workspace}/oidc/v1/token";
    private const string Reply = """{"access_token":"eyJraWQ.1","scope":"all-apis","token_type":"Bearer","expires_in":3600}""";

    private static ServiceHost New() => new ServiceHost("databricks").WithAuthority(Workspace).WithClient("33b2a1f4-client", "dose-secret").WithScopes("all-apis");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_principal_signs_in_anew_at_each_renewal()
    {
        using ServiceHost service = New().On(Token, Reply);
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJraWQ.1", TimeSpan.FromHours(1)), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Unsupported, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&scope=all-apis";
        Assert.Equal([asked, asked], service.Lines);
        Assert.Equal("Basic " + Convert.ToBase64String("33b2a1f4-client:dose-secret"u8), service.Sent[0].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task The_account_has_a_token_endpoint_of_its_own()
    {
        const string account = "0d2b7f0e-1111-2222-3333-444455556666";
        const string endpoint = $"POST https://accounts.cloud.databricks.com/oidc/accounts/{account}/v1/token";
        using ServiceHost service = New().WithAuthority("accounts.cloud.databricks.com").WithParameter("accountId", account).On(endpoint, Reply);
        await service.GetAsync();
        Assert.Equal([$"{endpoint} grant_type=client_credentials&scope=all-apis"], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task The_variables_of_its_own_tools_are_read()
    {
        using var service = new ServiceHost("databricks");
        service.Host.Variables["DATABRICKS_HOST"] = Workspace;
        service.Host.Variables["DATABRICKS_TOKEN"] = "dapi-personal";
        service.Keep("dapi-personal");
        AuthToken token = await service.GetAsync();
        Assert.Equal((Workspace, "Bearer dapi-personal"), (token.Authority, (string?)token.ToHeader()["Authorization"]));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_client","error_description":"Client authentication failed"}""", 401, AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_scope","error_description":"The requested scope is invalid"}""", 400, AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string reply, int status, string id)
    {
        using ServiceHost service = New().On(Token, reply, status);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_scope_is_asked_for()
    {
        using ServiceHost service = New().WithScopes();
        AuthException error = await service.RefusedAsync();
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Empty(service.Sent);
    }
}
