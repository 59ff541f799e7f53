using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Session keys of Splunk.</summary>
public sealed class SplunkTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_and_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/services/auth/login", """{"sessionKey":"192fd3e46a31246da7ea7f109e7f95fd","message":"","code":""}""")
            .On("DELETE", "/services/authentication/httpauth-tokens/192fd3e46a31246da7ea7f109e7f95fd", "");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address) with { Provider = "splunk" });
        Assert.Equal("Splunk 192fd3e46a31246da7ea7f109e7f95fd", token.ToHeader()["Authorization"]);
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        const string Login = "POST username=ann&password=pass+%26+word&output_mode=json";
        Assert.Equal([Login, Login, "DELETE "], server.Requests.Select(sent => $"{sent.Method} {sent.Body}"));
        Assert.Equal("Splunk 192fd3e46a31246da7ea7f109e7f95fd", server.Requests[2].Header("Authorization"));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("192fd3e46a31246da7ea7f109e7f95fd", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/services/auth/login", """{"messages":[{"type":"WARN","code":"incorrect_username_or_password","text":"Login failed"}]}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "splunk" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "incorrect_username_or_password", "Login failed"), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
