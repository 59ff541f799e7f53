using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Veeam Backup and Replication.</summary>
public sealed class VeeamTests
{
    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "veeam" };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_renews_and_signs_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/oauth2/token", sent => new ScriptedReply(sent.Body.StartsWith("grant_type=password", StringComparison.Ordinal)
                ? """{"access_token":"a1","token_type":"bearer","refresh_token":"r1","expires_in":900,".issued":"2026-12-01T00:00:00Z",".expires":"2026-12-01T00:15:00Z","username":"ann"}"""
                : """{"access_token":"a2","token_type":"bearer","refresh_token":"r2","expires_in":900}"""))
            .On("POST", "/api/oauth2/logout", "");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address).With(("apiVersion", "1.3-rev0")));
        Assert.Equal(("Bearer a1", "1.3-rev0"), ((string?)token.ToHeader()["Authorization"], (string?)token.ToHeader()["x-api-version"]));
        Assert.Equal("a2", (await engine.UpdateAsync()).ToPlainText());
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).RefreshToken);
        Assert.Equal(
            ["POST /api/oauth2/token grant_type=password&username=ann&password=pass+%26+word", "POST /api/oauth2/token grant_type=refresh_token&refresh_token=r1", "POST /api/oauth2/logout "],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.All(server.Requests, sent => Assert.Equal("1.3-rev0", sent.Header("x-api-version")));
        Assert.Equal("Bearer a2", server.Requests[2].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/oauth2/token", """{"errorCode":"AccessDenied","message":"Access is denied.","resourceId":null}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((AuthErrorId.InvalidCredentials, "AccessDenied", "Access is denied."), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
