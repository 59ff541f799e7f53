using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class ServiceNowTests
{
    private const string Instance = "https://acme.service-now.com";
    private const string Token = $"POST {Instance}/oauth_token.do";
    private const string Revoke = $"GET {Instance}/oauth_revoke_token.do";

    private static ServiceHost New() => new ServiceHost("servicenow").WithAuthority("acme.service-now.com").WithClient("be3aeb58", "client & secret");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_renews_and_signs_out()
    {
        using ServiceHost service = New().WithPerson("ann", "pass word")
            .On(Token, """{"access_token":"a1","refresh_token":"r1","scope":"useraccount","token_type":"Bearer","expires_in":1799}""")
            .On(Token, """{"access_token":"a2","refresh_token":"r1","scope":"useraccount","token_type":"Bearer","expires_in":1799}""")
            .On(Revoke, "");
        AuthToken token = await service.GetAsync();
        Assert.Equal(TimeSpan.FromSeconds(1799), token.ExpiresIn);
        Assert.Equal("a2", (await service.UpdateAsync()).ToPlainText());
        RevocationResult revoked = await service.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (revoked.AccessToken, revoked.RefreshToken));
        Assert.Equal(
            [
                $"{Token} grant_type=password&username=ann&password=pass+word&client_id=be3aeb58&client_secret=client+%26+secret",
                $"{Token} grant_type=refresh_token&refresh_token=r1&client_id=be3aeb58&client_secret=client+%26+secret",
                $"{Revoke}?token=r1",
                $"{Revoke}?token=a2",
            ],
            service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_signs_in_for_itself()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"a1","scope":"useraccount","token_type":"Bearer","expires_in":1799}""");
        Assert.Equal("Bearer a1", (await service.GetAsync()).ToHeader()["Authorization"]);
        Assert.Equal([$"{Token} grant_type=client_credentials&client_id=be3aeb58&client_secret=client+%26+secret"], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Its_refusal_of_a_password_is_no_fault_of_the_server()
    {
        using ServiceHost service = New().WithPerson("ann", "wrong-word").On(Token, """{"error_description":"access_denied","error":"server_error"}""", 401);
        Assert.Equal(AuthErrorId.InvalidCredentials, (await service.RefusedAsync()).Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_client_that_is_not_known_says_so()
    {
        using ServiceHost service = New().On(Token, """{"error_description":"access_denied","error":"server_error"}""", 401);
        Assert.Equal(AuthErrorId.InvalidClient, (await service.RefusedAsync()).Code);
    }
}
