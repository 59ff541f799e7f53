using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class OracleIdcsTests
{
    private const string Domain = "https://idcs-0a1b.identity.oraclecloud.com";
    private const string Token = $"POST {Domain}/oauth2/v1/token";
    private const string Revoke = $"POST {Domain}/oauth2/v1/revoke";

    private static ServiceHost New() => new ServiceHost("oracle-idcs").WithAuthority(Domain).WithClient("app", "idcs-secret").WithScopes("urn:opc:idm:__myscopes__");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_gets_renews_and_revokes_a_token()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"eyJ.i","token_type":"Bearer","expires_in":3600}""").On(Revoke, "");
        AuthToken token = await service.GetAsync();
        Assert.Equal(TimeSpan.FromHours(1), token.ExpiresIn);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=client_credentials&scope=urn%3Aopc%3Aidm%3A__myscopes__";
        Assert.Equal([asked, asked, $"{Revoke} token=eyJ.i"], service.Lines);
        Assert.All(service.Sent, request => Assert.Equal("Basic " + Convert.ToBase64String("app:idcs-secret"u8), request.Header("Authorization")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("invalid_client", "Client authentication failed.", 401, AuthErrorId.InvalidClient)]
    [InlineData("invalid_scope", "Invalid scope.", 400, AuthErrorId.InvalidScope)]
    public async Task Its_errors_have_our_ids(string code, string message, int status, string id)
    {
        using ServiceHost service = New().On(Token, $$"""{"error":"{{code}}","error_description":"{{message}}","ecid":"e-1"}""", status);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
