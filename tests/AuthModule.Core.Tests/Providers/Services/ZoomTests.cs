using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class ZoomTests
{
    private const string Token = "POST https://zoom.us/oauth/token";
    private const string Revoke = "POST https://zoom.us/oauth/revoke";

    private static ServiceHost New() => new ServiceHost("zoom").WithClient("client", "zoom-secret").WithParameter("accountId", "acc 1");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_account_gets_renews_and_revokes_a_token()
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"a1","token_type":"bearer","expires_in":3600,"scope":"user:read:admin meeting:read:admin","api_url":"https://api.zoom.us"}""")
            .On(Revoke, """{"status":"success"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer a1", false), ((string)token.ToHeader()["Authorization"]!, token.HasRefreshToken));
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = $"{Token} grant_type=account_credentials&account_id=acc+1";
        Assert.Equal([asked, asked, $"{Revoke} token=a1"], service.Lines);
        Assert.All(service.Sent, request => Assert.Equal("Basic " + Convert.ToBase64String("client:zoom-secret"u8), request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task It_gives_its_reason()
    {
        using ServiceHost service = New().On(Token, """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""", 400);
        AuthException error = await service.RefusedAsync();
        Assert.Equal((AuthErrorId.InvalidClient, "Invalid client_id or client_secret"), (error.Code, error.OAuthErrorDescription));
    }
}
