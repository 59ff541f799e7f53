using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tokens of Gitea and Forgejo.</summary>
public sealed class GiteaTests
{
    private static TokenRequest Ann(string authority, string? otp = null) => Described.Person(authority, otp) with { Provider = "gitea", Scopes = ["read:repository", "write:issue"] };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_of_ones_own_is_made_and_deleted()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/v1/users/ann/tokens", """{"id":12,"name":"AuthModule","sha1":"8bd1e0f7a2","token_last_eight":"e0f7a2","scopes":["read:repository","write:issue"]}""", 201)
            .On("DELETE", "/api/v1/users/ann/tokens/12", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address, otp: "123456"));
        Assert.Equal(("token 8bd1e0f7a2", TimeSpan.MaxValue), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn));
        Assert.Equal(["read:repository", "write:issue"], token.Scopes);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Matches("""^\{"name":"AuthModule [0-9a-f-]{36}","scopes":\["read:repository","write:issue"\]\}$""", server.Requests[0].Body);
        Assert.Equal(("DELETE", "/api/v1/users/ann/tokens/12"), (server.Requests[1].Method, server.Requests[1].Path));
        Assert.Equal(["123456", null], server.Requests.Select(sent => sent.Header("X-Gitea-OTP")));
        Assert.All(server.Requests, sent => Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), sent.Header("Authorization")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401, "invalid username, password or token", AuthErrorId.InvalidCredentials)]
    [InlineData(401, "invalid provided OTP", AuthErrorId.InvalidOtp)]
    [InlineData(400, "access token must have a scope", AuthErrorId.InvalidScope)]
    public async Task A_refusal_is_told(int status, string message, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/v1/users/ann/tokens", $$"""{"message":"{{message}}","url":"https://gitea.example/api/swagger"}""", status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((id, message), (error.Code, error.OAuthErrorDescription));
    }
}
