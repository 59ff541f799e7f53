using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions and API administrators of FortiOS.</summary>
public sealed class FortiGateTests
{
    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "fortigate" };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_has_cookies_and_writes_have_their_token()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/v2/authentication", _ => new ScriptedReply("""{"status":6,"status_message":"LOGIN_SUCCESS"}""")
            {
                Headers = [("Set-Cookie", "session_key_443_ab12=\"session-1\"; path=/"), ("Set-Cookie", "ccsrf_token_443_ab12=\"CSRF123\"; path=/")],
            })
            .On("DELETE", "/api/v2/authentication", "{}");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address));
        Assert.Equal("session-1", token.ToPlainText());
        Assert.Equal("CSRF123", token.ToHeader()["X-CSRFTOKEN"]);
        Assert.Equal("session_key_443_ab12=\"session-1\"; ccsrf_token_443_ab12=\"CSRF123\"", token.ToHeader()["Cookie"]);
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal("""{"username":"ann","password":"pass & word"}""", server.Requests[0].Body);
        Assert.Equal(["POST", "POST", "DELETE"], server.Requests.Select(sent => sent.Method));
        Assert.Equal("CSRF123", server.Requests[2].Header("X-CSRFTOKEN"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_failed_login_is_one_although_it_is_a_200_that_sets_cookies()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/v2/authentication",
            _ => new ScriptedReply("""{"status":-1,"status_message":"LOGIN_FAILED"}""") { Headers = [("Set-Cookie", "session_key_443_ab12=\"0\"; path=/")] });
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((AuthErrorId.InvalidCredentials, "LOGIN_FAILED"), (error.Code, error.OAuthError));
        server.On("POST", "/api/v2/authentication", _ => new ScriptedReply("""{"status":3,"status_message":"PASSWORD_CHANGE"}""") { Headers = [("Set-Cookie", "session_key_443_ab12=\"0\"; path=/")] });
        error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_administrator_has_a_bearer_token() => Assert.Equal(
        "Bearer f5Qbk9Nb1",
        (await new EngineHost().GetAsync(Described.Key("https://fw.example", "f5Qbk9Nb1") with { Provider = "fortigate" })).ToHeader()["Authorization"]);
}
