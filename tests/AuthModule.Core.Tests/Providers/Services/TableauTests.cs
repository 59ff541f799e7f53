using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class TableauTests
{
    private const string SignIn = "POST https://pod.online.tableau.com/api/3.21/auth/signin";
    private const string SignOut = "POST https://pod.online.tableau.com/api/3.21/auth/signout";
    private const string Asked = SignIn + """ {"credentials":{"personalAccessTokenName":"job","personalAccessTokenSecret":"pat-secret-1","site":{"contentUrl":"acme"}}}""";

    private static ServiceHost New() => new ServiceHost("tableau").WithAuthority("pod.online.tableau.com").WithApiKey("pat-secret-1").WithParameter("tokenName", "job").WithParameter("site", "acme");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_personal_access_token_signs_in_again_and_out()
    {
        using ServiceHost service = New()
            .On(SignIn, """{"credentials":{"site":{"id":"9a8b7c6d","contentUrl":"acme"},"user":{"id":"9f9e9d9c"},"token":"HvZMqF|1","estimatedTimeToExpiration":"364:33:47"}}""")
            .On(SignOut, "", 204);
        AuthToken token = await service.GetAsync();
        Assert.Equal(("HvZMqF|1", null, "9a8b7c6d", "9f9e9d9c"), (token.ToHeader()["X-Tableau-Auth"], token.ToHeader()["Authorization"], token.Properties["siteId"], token.Properties["userId"]));
        Assert.Equal(new TimeSpan(364, 33, 47), token.ExpiresIn);
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.Equal([Asked, Asked, SignOut], service.Lines);
        Assert.Equal("HvZMqF|1", service.Sent[2].Header("X-Tableau-Auth"));
        Assert.All(service.Sent, request => Assert.Equal("application/json", request.Header("Accept")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_secret_is_told()
    {
        using ServiceHost service = New().On(SignIn, """{"error":{"summary":"Signin Error","detail":"The personal access token you provided is invalid.","code":"401001"}}""", 401);
        AuthException error = await service.RefusedAsync();
        Assert.Equal((AuthErrorId.InvalidCredentials, "401001", "The personal access token you provided is invalid."), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
