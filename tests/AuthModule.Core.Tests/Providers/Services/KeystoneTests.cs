using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tokens of OpenStack's identity service.</summary>
public sealed class KeystoneTests
{
    private const string Issued = """{"token":{"methods":["password"],"expires_at":"2999-11-06T15:32:17.893769Z","issued_at":"2026-12-01T00:00:00.000000Z","user":{"domain":{"id":"default","name":"Default"},"id":"423f19a4","name":"ann"},"project":{"id":"a6944d76","name":"demo"}}}""";

    private static ScriptedReply Reply => new(Issued, 201) { Headers = [("X-Subject-Token", "gAAAAA-ks1")] };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_gets_a_token_for_a_project_and_revokes_it()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v3/auth/tokens", _ => Reply).On("DELETE", "/v3/auth/tokens", "", 204);
        var engine = new EngineHost();
        TokenRequest request = (Described.Person(server.Address + "/v3") with { Provider = "keystone" }).With(("project", "demo"), ("projectDomain", "Default"));
        AuthToken token = await engine.GetAsync(request);
        Assert.Equal(("gAAAAA-ks1", "ann", "a6944d76"), ((string?)token.ToHeader()["X-Auth-Token"], token.Subject, (string)token.Properties["projectId"]));
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        const string Body = """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"ann","domain":{"name":"Default"},"password":"pass & word"}}},"scope":{"project":{"name":"demo","domain":{"name":"Default"}}}}}""";
        Assert.Equal([Body, Body, ""], server.Requests.Select(sent => sent.Body));
        Assert.Equal(("DELETE", "gAAAAA-ks1", "gAAAAA-ks1"), (server.Requests[2].Method, server.Requests[2].Header("X-Auth-Token"), server.Requests[2].Header("X-Subject-Token")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("projectId", "a6944d76", "\"scope\":{\"project\":{\"id\":\"a6944d76\"}}")]
    [InlineData("domain", "Default", "\"scope\":{\"domain\":{\"name\":\"Default\"}}")]
    [InlineData("userDomain", "corp", "\"domain\":{\"name\":\"corp\"}")]
    public async Task A_scope_is_a_project_by_id_or_a_domain(string name, string value, string part)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v3/auth/tokens", _ => Reply);
        await new EngineHost().GetAsync((Described.Person(server.Address) with { Provider = "keystone" }).With((name, value)));
        Assert.Contains(part, server.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_application_credential_asks_for_no_scope()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v3/auth/tokens", _ => Reply);
        await new EngineHost().GetAsync(Described.Client(server.Address, "423f19a4ac1e", "rEaqvJka48mpv") with { Provider = "keystone" });
        Assert.Equal(
            """{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"423f19a4ac1e","secret":"rEaqvJka48mpv"}}}}""",
            server.Requests.Single().Body);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v3/auth/tokens", """{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "keystone" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Unauthorized", "The request you have made requires authentication."), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
