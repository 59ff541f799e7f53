using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tokens of Rancher.</summary>
public sealed class RancherTests
{
    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("localProviders/local", null, """{"username":"ann","password":"pass & word","description":"AuthModule"}""")]
    [InlineData("activeDirectoryProviders/activedirectory", "57600000", """{"username":"ann","password":"pass & word","description":"AuthModule","ttl":57600000}""")]
    public async Task A_person_signs_in_by_a_provider_and_out(string provider, string? ttl, string body)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v3-public/" + provider, """{"baseType":"token","created":"2026-12-01T00:00:00Z","expiresAt":"2026-12-01T16:00:00Z","id":"token-6fzj2","token":"token-6fzj2:p4n7k9","ttl":57600000,"type":"token","userId":"user-8x"}""", 201)
            .On("POST", "/v3/tokens", "{}");
        var engine = new EngineHost();
        TokenRequest request = Described.Person(server.Address) with { Provider = "rancher" };
        AuthToken token = await engine.GetAsync(ttl is null ? request.With(("loginProvider", provider)) : request.With(("loginProvider", provider), ("ttl", ttl)));
        Assert.Equal("Bearer token-6fzj2:p4n7k9", token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalHours, 15.9, 16);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            [$"POST /v3-public/{provider}?action=login {body}", "POST /v3/tokens?action=logout {}"],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path}{sent.Query} {sent.Body}"));
        Assert.Equal("Bearer token-6fzj2:p4n7k9", server.Requests[1].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v3-public/localProviders/local", """{"baseType":"error","code":"Unauthorized","message":"authentication failed","status":401,"type":"error"}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "rancher" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Unauthorized", "authentication failed"), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
