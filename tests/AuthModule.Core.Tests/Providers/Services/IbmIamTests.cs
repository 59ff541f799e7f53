using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class IbmIamTests
{
    private const string Token = "POST https://iam.cloud.ibm.com/identity/token";

    private static ServiceHost New() => new ServiceHost("ibm-iam").WithApiKey("ibm-key-1");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_is_exchanged_and_again_for_a_renewal()
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"eyJ.iam","refresh_token":"not_supported","ims_user_id":118,"token_type":"Bearer","expires_in":3600,"expiration":1767326645,"scope":"ibm openid"}""");
        AuthToken token = await service.GetAsync();
        Assert.Equal(("Bearer eyJ.iam", false, TimeSpan.FromHours(1)), ((string)token.ToHeader()["Authorization"]!, token.HasRefreshToken, token.ExpiresIn));
        await service.UpdateAsync();
        const string asked = $"{Token} grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=ibm-key-1";
        Assert.Equal([asked, asked], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_key_that_is_not_known_says_so()
    {
        using ServiceHost service = New().On(Token, """{"errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found.","context":{"requestId":"r-1"}}""", 400);
        AuthException error = await service.RefusedAsync();
        Assert.Equal((AuthErrorId.InvalidCredentials, "Provided API key could not be found."), (error.Code, error.OAuthErrorDescription));
    }
}
