using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of management controllers.</summary>
public sealed class RedfishTests
{
    private const string Session = "/redfish/v1/SessionService/Sessions/7";

    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "redfish" };

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("{\"@odata.id\":\"" + Session + "\",\"Id\":\"7\",\"UserName\":\"ann\"}", null)]
    [InlineData("{}", Session)]
    public async Task A_session_is_opened_kept_alive_and_deleted(string body, string? location)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/redfish/v1/SessionService/Sessions", _ => new ScriptedReply(body, 201)
            {
                Headers = location is null ? [("X-Auth-Token", "13bc7b0fe11e6d37")] : [("X-Auth-Token", "13bc7b0fe11e6d37"), ("Location", location)],
            })
            .On("GET", "/redfish/v1/SessionService", """{"@odata.id":"/redfish/v1/SessionService","SessionTimeout":600,"ServiceEnabled":true}""")
            .On("DELETE", Session, "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address + "/redfish/v1"));
        Assert.Equal(("13bc7b0fe11e6d37", server.Address + Session), ((string?)token.ToHeader()["X-Auth-Token"], (string)token.Properties["sessionUri"]));
        Assert.InRange(token.ExpiresIn.TotalSeconds, 590, 600);
        Assert.InRange((await engine.UpdateAsync()).ExpiresIn.TotalSeconds, 590, 600);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            [
                """POST /redfish/v1/SessionService/Sessions {"UserName":"ann","Password":"pass & word"}""",
                "GET /redfish/v1/SessionService ",
                "GET /redfish/v1/SessionService ",
                $"DELETE {Session} ",
            ],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal([null, "13bc7b0fe11e6d37", "13bc7b0fe11e6d37", "13bc7b0fe11e6d37"], server.Requests.Select(sent => sent.Header("X-Auth-Token")));
        Assert.All(server.Requests, sent => Assert.Equal("4.0", sent.Header("OData-Version")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401, "Base.1.5.InsufficientPrivilege", "There are insufficient privileges for the account or credentials associated with the current session to perform the requested operation.", AuthErrorId.InvalidCredentials)]
    [InlineData(400, "Base.1.0.SessionLimitExceeded", "The session establishment failed due to the number of simultaneous sessions exceeding the limit of the implementation: session limit.", AuthErrorId.RateLimited)]
    public async Task Extended_information_says_why(int status, string code, string message, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/redfish/v1/SessionService/Sessions",
            $$$"""{"error":{"code":"Base.1.0.GeneralError","message":"A general error has occurred. See ExtendedInfo for more information.","@Message.ExtendedInfo":[{"MessageId":"{{{code}}}","Message":"{{{message}}}"}]}}""", status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((id, code, message), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
