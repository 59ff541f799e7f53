using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class AtlassianTests
{
    private const string Token = "POST https://auth.atlassian.com/oauth/token";
    private const string Sites = "GET https://api.atlassian.com/oauth/token/accessible-resources";

    private static ServiceHost New() => new ServiceHost("atlassian").WithClient("app", "3lo-secret").WithScopes("read:jira-work", "offline_access")
        .On(Sites, """[{"id":"1324a887-45db","name":"acme","url":"https://acme.atlassian.net","scopes":["read:jira-work"],"avatarUrl":"https://x"},{"id":"other","url":"https://other.atlassian.net"}]""");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_and_the_site_is_kept()
    {
        using ServiceHost service = New()
            .On(Token, """{"access_token":"a1","refresh_token":"r1","scope":"read:jira-work offline_access","expires_in":3600,"token_type":"Bearer"}""")
            .On(Token, """{"access_token":"a2","refresh_token":"r2","scope":"read:jira-work offline_access","expires_in":3600,"token_type":"Bearer"}""");
        (AuthorizationRequest asked, AuthToken token) = await service.SignInAsync("code-1");
        Assert.Equal(
            "https://auth.atlassian.com/authorize?audience=api.atlassian.com&client_id=app&scope=read%3Ajira-work+offline_access&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback"
                + $"&state={asked.State}&response_type=code&prompt=consent",
            asked.Url.AbsoluteUri);
        Assert.Equal(("1324a887-45db", "https://acme.atlassian.net"), (token.Properties["cloudId"], token.Properties["siteUrl"]));
        Assert.Equal("a2", (await service.UpdateAsync()).ToPlainText());
        Assert.Equal(
            [
                $$"""{{Token}} {"grant_type":"authorization_code","client_id":"app","client_secret":"3lo-secret","code":"code-1","redirect_uri":"https://client.example/callback"}""",
                Sites,
                $$"""{{Token}} {"grant_type":"refresh_token","client_id":"app","client_secret":"3lo-secret","refresh_token":"r1"}""",
            ],
            service.Lines);
        Assert.Equal("Bearer a1", service.Sent[1].Header("Authorization"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"error":"unauthorized_client","error_description":"refresh_token is invalid"}""", 403, AuthErrorId.RefreshTokenExpired)]
    [InlineData("""{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}""", 403, AuthErrorId.RefreshTokenExpired)]
    [InlineData("""{"error":"access_denied","error_description":"Unauthorized"}""", 401, AuthErrorId.InvalidClient)]
    public async Task Its_errors_have_our_ids(string reply, int status, string id)
    {
        using ServiceHost service = New().WithRefreshToken("r-old").On(Token, reply, status);
        Assert.Equal(id, (await service.RefusedAsync()).Code);
    }
}
