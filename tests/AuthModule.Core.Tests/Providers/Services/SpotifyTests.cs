using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class SpotifyTests
{
    private const string Token = "POST https://accounts.spotify.com/api/token";

    private static ServiceHost New() => new ServiceHost("spotify").WithClient("spot", "ify-secret");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_app_gets_a_token()
    {
        using ServiceHost service = New().On(Token, """{"access_token":"NgCXRKc","token_type":"bearer","expires_in":3600}""");
        Assert.Equal("Bearer NgCXRKc", (await service.GetAsync()).ToHeader()["Authorization"]);
        Assert.Equal([$"{Token} grant_type=client_credentials"], service.Lines);
        Assert.Equal("Basic " + Convert.ToBase64String("spot:ify-secret"u8), service.Sent[0].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_persons_refresh_token_stays_where_a_renewal_brings_none()
    {
        using ServiceHost service = New().WithScopes("playlist-read-private")
            .On(Token, """{"access_token":"s1","token_type":"Bearer","scope":"playlist-read-private","expires_in":3600,"refresh_token":"AQ-r1"}""")
            .On(Token, """{"access_token":"s2","token_type":"Bearer","scope":"playlist-read-private","expires_in":3600}""");
        (AuthorizationRequest asked, AuthToken token) = await service.SignInAsync("code-1");
        Assert.StartsWith("https://accounts.spotify.com/authorize?response_type=code&client_id=spot&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&scope=playlist-read-private&state=", asked.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.True(token.HasRefreshToken);
        await service.UpdateAsync();
        await service.UpdateAsync();
        const string renewed = $"{Token} grant_type=refresh_token&refresh_token=AQ-r1";
        Assert.Equal([renewed, renewed], [service.Sent[1].ToString(), service.Sent[2].ToString()]);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"invalid_client","error_description":"Invalid client secret"}""", AuthErrorId.InvalidClient)]
    [InlineData("""{"error":"invalid_grant","error_description":"Refresh token revoked"}""", AuthErrorId.RefreshTokenExpired)]
    public async Task Its_errors_have_our_ids(string reply, string id)
    {
        using ServiceHost service = New().WithRefreshToken("AQ-old").On(Token, reply, 400);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
