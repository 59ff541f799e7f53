using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class TableauTests
{
    private const string Address = "https://10ax.online.tableau.com";
    private const string SignIn = $"POST {Address}/api/3.21/auth/signin";
    private const string SignOut = $"POST {Address}/api/3.21/auth/signout";
    private const string Reply = """{"credentials":{"site":{"id":"9a8b7c6d","contentUrl":"MarketingTeam"},"user":{"id":"9f9e9d9c"},"token":"HvZMqFFfQQmOM4L-AZNIQA|5fI6T54OPK1Gn1p4w0RtHv6EkojWRTwq|a946d998","estimatedTimeToExpiration":"177:05:38"}}""";

    private static ServiceHost New() => new ServiceHost("tableau").WithAuthority(Address + "/api").WithParameter("site", "MarketingTeam");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_personal_access_token_signs_in_and_out()
    {
        using ServiceHost service = New().WithClient("nightly", "qlE1g9MMh9vbrjjg==:rZTHhPpP2tUW1kfn4tjg8").On(SignIn, Reply).On(SignOut, "", 204);
        service.Keep("HvZMqFFfQQmOM4L");
        AuthToken token = await service.GetAsync();
        Assert.Equal("HvZMqFFfQQmOM4L-AZNIQA|5fI6T54OPK1Gn1p4w0RtHv6EkojWRTwq|a946d998", token.ToHeader()["X-Tableau-Auth"]);
        Assert.Equal(("9a8b7c6d", "9f9e9d9c", new TimeSpan(177, 5, 38)), ((string)token.Properties["siteId"], (string)token.Properties["userId"], token.ExpiresIn));
        await service.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        const string asked = SignIn + """ {"credentials":{"personalAccessTokenName":"nightly","personalAccessTokenSecret":"qlE1g9MMh9vbrjjg==:rZTHhPpP2tUW1kfn4tjg8","site":{"contentUrl":"MarketingTeam"}}}""";
        Assert.Equal([asked, asked, SignOut], service.Lines);
        Assert.Equal("application/json", service.Sent[0].Header("Accept"));
        Assert.Equal("HvZMqFFfQQmOM4L-AZNIQA|5fI6T54OPK1Gn1p4w0RtHv6EkojWRTwq|a946d998", service.Sent[2].Header("X-Tableau-Auth"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_with_name_and_password()
    {
        using ServiceHost service = New().WithPerson("ann", "pass & word").On(SignIn, Reply);
        await service.GetAsync();
        Assert.Equal([SignIn + """ {"credentials":{"name":"ann","password":"pass \u0026 word","site":{"contentUrl":"MarketingTeam"}}}"""], service.Lines);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task What_is_wrong_is_told()
    {
        const string refused = """{"error":{"summary":"Signin Error","detail":"Error signing in to Tableau Server","code":"401001"}}""";
        using ServiceHost app = New().WithClient("nightly", "wrong-secret").On(SignIn, refused, 401);
        AuthException error = await app.RefusedAsync();
        Assert.Equal((AuthErrorId.InvalidClient, "Error signing in to Tableau Server"), (error.Code, error.OAuthErrorDescription));
        using ServiceHost person = New().WithPerson("ann", "wrong-password").On(SignIn, refused, 401);
        Assert.Equal(AuthErrorId.InvalidCredentials, (await person.RefusedAsync()).Code);
    }
}
