using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of NITRO.</summary>
public sealed class NetScalerTests
{
    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "netscaler" };

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, """{"login":{"username":"ann","password":"pass & word"}}""", 900)]
    [InlineData("1h", """{"login":{"username":"ann","password":"pass & word","timeout":3600}}""", 3600)]
    public async Task A_person_logs_in_and_out(string? wish, string body, int seconds)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/nitro/v1/config/login", _ => new ScriptedReply("""{"errorcode":0,"message":"Done","severity":"NONE","sessionid":"##F0F402A6574084DB4956184C6443"}""", 201)
            {
                Headers = [("Set-Cookie", "NITRO_AUTH_TOKEN=%23%23F0F402A6574084DB4956184C6443; path=/nitro/v1")],
            })
            .On("POST", "/nitro/v1/config/logout", """{"errorcode":0,"message":"Done","severity":"NONE"}""", 201);
        var engine = new EngineHost();
        TokenRequest request = Ann(server.Address);
        AuthToken token = await engine.GetAsync(request with { Input = request.Input with { TokenDuration = wish } });
        Assert.Equal("NITRO_AUTH_TOKEN=%23%23F0F402A6574084DB4956184C6443", token.ToHeader()["Cookie"]);
        Assert.InRange(token.ExpiresIn.TotalSeconds, seconds - 10, seconds);
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal([body, body, """{"logout":{}}"""], server.Requests.Select(sent => sent.Body));
        Assert.Equal("NITRO_AUTH_TOKEN=%23%23F0F402A6574084DB4956184C6443", server.Requests[2].Header("Cookie"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401)]
    [InlineData(200)]
    public async Task A_wrong_password_is_told(int status)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/nitro/v1/config/login", """{"errorcode":354,"message":"Invalid username or password","severity":"ERROR"}""", status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((AuthErrorId.InvalidCredentials, "354", "Invalid username or password"), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
