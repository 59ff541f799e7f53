using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>CyberArk's Password Vault Web Access.</summary>
public sealed class CyberArkTests
{
    private static TokenRequest Ann(string authority, string? otp = null) => Described.Person(authority, otp) with { Provider = "cyberark" };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_logs_on_and_off()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/PasswordVault/API/auth/CyberArk/Logon", "\"MTY1NDcy-token\"")
            .On("POST", "/PasswordVault/API/Auth/Logoff", "");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address + "/PasswordVault"));
        Assert.Equal(("MTY1NDcy-token", false), ((string?)token.ToHeader()["Authorization"], token.HasRefreshToken));
        Assert.InRange(token.ExpiresIn.TotalSeconds, 1190, 1200);
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        const string Logon = """POST /PasswordVault/API/auth/CyberArk/Logon {"username":"ann","password":"pass & word","concurrentSession":true}""";
        Assert.Equal([Logon, Logon, "POST /PasswordVault/API/Auth/Logoff {}"], server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal([null, null, "MTY1NDcy-token"], server.Requests.Select(sent => sent.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_radius_challenge_is_answered_with_the_code()
    {
        int logons = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/PasswordVault/API/auth/RADIUS/Logon", _ => ++logons == 1
            ? new ScriptedReply("""{"ErrorCode":"ITATS542I","ErrorMessage":"Enter your one-time passcode"}""", 500) { Headers = [("Set-Cookie", "CA11111=1; path=/")] }
            : new ScriptedReply("\"radius-token\""));
        AuthToken token = await new EngineHost().GetAsync(Ann(server.Address, otp: "123456").With(("method", "RADIUS")));
        Assert.Equal("radius-token", token.ToPlainText());
        Assert.Equal(
            ["""{"username":"ann","password":"pass & word","concurrentSession":true}""", """{"username":"ann","password":"123456","concurrentSession":true}"""],
            server.Requests.Select(sent => sent.Body));
        Assert.Equal("CA11111=1", server.Requests[1].Header("Cookie"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("ITATS004E", "Authentication failure for User [ann].", AuthErrorId.InvalidCredentials)]
    [InlineData("ITATS002E", "Can't Logon. User [ann] is Suspended. Please contact your administrator.", AuthErrorId.AccountLocked)]
    public async Task A_refusal_has_its_code(string code, string message, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/PasswordVault/API/auth/CyberArk/Logon", $$"""{"ErrorCode":"{{code}}","ErrorMessage":"{{message}}"}""", 403);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((id, code, message), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
