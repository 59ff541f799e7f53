using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of VMware vCenter Server.</summary>
public sealed class VCenterTests
{
    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "vcenter" };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_session_is_opened_kept_alive_and_ended()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/session", "\"0123456789abcdef\"", 201)
            .On("GET", "/api/session", """{"created_time":"2026-12-01T00:00:00Z","last_accessed_time":"2026-12-01T00:04:00Z","user":"ann@vsphere.local"}""")
            .On("DELETE", "/api/session", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address + "/api"));
        Assert.Equal(("0123456789abcdef", null), ((string?)token.ToHeader()["vmware-api-session-id"], token.ToHeader()["Authorization"]));
        Assert.Equal("0123456789abcdef", (await engine.UpdateAsync()).ToPlainText());
        RevocationResult ended = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (ended.AccessToken, ended.RefreshToken));
        Assert.Equal(["POST /api/session ", "GET /api/session ", "DELETE /api/session "], server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), server.Requests[0].Header("Authorization"));
        Assert.Equal([null, "0123456789abcdef", "0123456789abcdef"], server.Requests.Select(sent => sent.Header("vmware-api-session-id")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_older_server_is_asked_by_its_older_way()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/rest/com/vmware/cis/session", sent => new ScriptedReply(sent.Query.Length == 0 ? """{"value":"old-session-1"}""" : """{"value":{"user":"ann"}}"""))
            .On("DELETE", "/rest/com/vmware/cis/session", "{}");
        var engine = new EngineHost();
        Assert.Equal("old-session-1", (await engine.GetAsync(Ann(server.Address))).ToPlainText());
        Assert.Equal("old-session-1", (await engine.UpdateAsync()).ToPlainText());
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Contains(server.Requests, sent => sent.Path + sent.Query == "/rest/com/vmware/cis/session?~action=get");
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_session_that_has_ended_is_opened_anew_and_a_wrong_password_is_told()
    {
        const string Refused = """{"error_type":"UNAUTHENTICATED","messages":[{"args":[],"default_message":"Authentication required.","id":"com.vmware.vapi.endpoint.method.authentication.required"}]}""";
        int sessions = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/session", _ => new ScriptedReply($"\"session-{++sessions}\"", 201))
            .On("GET", "/api/session", Refused, 401);
        var engine = new EngineHost();
        await engine.GetAsync(Ann(server.Address));
        Assert.Equal("session-2", (await engine.UpdateAsync()).ToPlainText());
        server.On("POST", "/api/session", Refused, 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((AuthErrorId.InvalidCredentials, "UNAUTHENTICATED", "Authentication required."), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
