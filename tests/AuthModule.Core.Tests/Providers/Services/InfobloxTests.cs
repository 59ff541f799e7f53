using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of WAPI.</summary>
public sealed class InfobloxTests
{
    private const string Cookie = "\"group=admin-group,ctime=1736262156,ip=192.0.2.20,auth=LOCAL,client=API,su=1,timeout=2400,mtime=1736263899,user=ann,uC2Puzv\"";

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_has_a_cookie_and_logs_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("GET", "/wapi/v2.12/grid", _ => new ScriptedReply("""[{"_ref":"grid/b25l:Infoblox"}]""") { Headers = [("Set-Cookie", $"ibapauth={Cookie}; httponly; path=/; SameSite=Lax")] })
            .On("POST", "/wapi/v2.12/logout", "");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync((Described.Person(server.Address) with { Provider = "infoblox" }).With(("version", "2.12")));
        Assert.Equal("ibapauth=" + Cookie, token.ToHeader()["Cookie"]);
        Assert.InRange(token.ExpiresIn.TotalSeconds, 2390, 2400);
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(["GET /wapi/v2.12/grid ", "GET /wapi/v2.12/grid ", "POST /wapi/v2.12/logout "], server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), server.Requests[0].Header("Authorization"));
        Assert.Equal("ibapauth=" + Cookie, server.Requests[2].Header("Cookie"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("GET", "/wapi/v2.11/grid", _ => new ScriptedReply("<!DOCTYPE HTML><html><head><title>401 Authorization Required</title></head></html>", 401, "text/html"));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "infoblox" }));
        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
    }
}
