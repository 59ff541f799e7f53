using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of Argo CD.</summary>
public sealed class ArgoCdTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_local_account_signs_in_again_when_its_token_ends()
    {
        string jwt = "eyJhbGciOiJIUzI1NiJ9." + Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"iss":"argocd","sub":"admin:login","exp":{{DateTimeOffset.UtcNow.AddHours(24).ToUnixTimeSeconds()}}}""")).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/v1/session", $$"""{"token":"{{jwt}}"}""");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address) with { Provider = "argocd" });
        Assert.Equal("Bearer " + jwt, token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalHours, 23.9, 24);
        await engine.UpdateAsync();
        Assert.Equal(Enumerable.Repeat("""POST /api/v1/session {"username":"ann","password":"pass & word"}""", 2), server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal(RevocationOutcome.Unsupported, (await engine.RevokeAsync()).AccessToken);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/v1/session", """{"error":"Invalid username or password","code":16,"message":"Invalid username or password"}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "argocd" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Invalid username or password"), (error.Code, error.OAuthErrorDescription));
    }
}
