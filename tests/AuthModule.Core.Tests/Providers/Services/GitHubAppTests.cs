using System;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Providers.Services;

public sealed class GitHubAppTests : IDisposable
{
    private const string Token = "POST https://api.github.com/app/installations/4711/access_tokens";
    private const string Revoke = "DELETE https://api.github.com/installation/token";

    private readonly ServiceKey key = ServiceKey.NewRsa();

    private ServiceHost New() => new ServiceHost("github-app").WithKey("Iv23liApp", key.Path).WithParameter("installation", "4711");

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_app_gets_the_token_of_an_installation_and_ends_it()
    {
        using ServiceHost service = New()
            .On(Token, """{"token":"ghs_16C7","expires_at":"2026-01-02T04:04:05Z","permissions":{"contents":"read"},"repository_selection":"selected"}""", 201)
            .On(Revoke, "", 204);
        AuthToken token = await service.GetAsync();
        Assert.Equal(("ghs_16C7", TimeSpan.FromHours(1), "Bearer ghs_16C7"), (token.ToPlainText(), token.ExpiresIn, token.ToHeader()["Authorization"]));
        Assert.Equal(RevocationOutcome.Confirmed, (await service.RevokeAsync()).AccessToken);
        Assert.Equal([Token, Revoke], service.Lines);
        Assert.All(service.Sent, request => Assert.Equal(("application/vnd.github+json", "2022-11-28"), (request.Header("Accept"), request.Header("X-GitHub-Api-Version"))));
        Assert.Equal(
            ("""{"alg":"RS256","typ":"JWT"}""", """{"iss":"Iv23liApp","iat":1767322985,"exp":1767323585}"""),
            key.Open(service.Sent[0].Header("Authorization")!.Substring("Bearer ".Length)));
        Assert.Equal("Bearer ghs_16C7", service.Sent[1].Header("Authorization"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401, "A JSON web token could not be decoded", AuthErrorId.InvalidClient)]
    [InlineData(404, "Integration not found", AuthErrorId.InvalidClient)]
    [InlineData(404, "Not Found", AuthErrorId.AccessDenied)]
    public async Task Its_errors_have_our_ids(int status, string message, string id)
    {
        using ServiceHost service = New().On(Token, $$"""{"message":"{{message}}","documentation_url":"https://docs.github.com/rest","status":"{{status}}"}""", status);
        AuthException error = await service.RefusedAsync();
        Assert.Equal((id, message), (error.Code, error.OAuthErrorDescription));
    }

    public void Dispose() => key.Dispose();
}
