using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of Portainer.</summary>
public sealed class PortainerTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_and_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/auth", """{"jwt":"abc.def.ghi"}""").On("POST", "/api/auth/logout", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address + "/api") with { Provider = "portainer" });
        Assert.Equal("Bearer abc.def.ghi", token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalHours, 7.9, 8);
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        const string Login = """POST /api/auth {"username":"ann","password":"pass & word"}""";
        Assert.Equal([Login, Login, "POST /api/auth/logout "], server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal("Bearer abc.def.ghi", server.Requests[2].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/auth", """{"message":"Invalid credentials","details":"Unauthorized"}""", 422);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "portainer" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Invalid credentials"), (error.Code, error.OAuthErrorDescription));
    }
}
