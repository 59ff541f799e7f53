using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>HashiCorp Vault by AppRole, as its API documentation says it goes.</summary>
public sealed class VaultAppRoleTests
{
    private const string SignedIn = """{"request_id":"ae18","lease_id":"","renewable":false,"lease_duration":0,"data":null,"wrap_info":null,"warnings":null,"auth":{"client_token":"hvs.CAES-1","accessor":"iP2Lw1JX","policies":["default","ci"],"token_policies":["default","ci"],"metadata":{"role_name":"ci"},"lease_duration":1200,"renewable":true,"entity_id":"0660dce5","token_type":"service","orphan":true,"mfa_requirement":null,"num_uses":0}}""";

    private static TokenRequest Role(string authority) => Described.Client(authority, "988a9df", "37b74931") with { Provider = "vault-approle" };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_role_signs_in_renews_itself_and_revokes_itself()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v1/auth/approle/login", SignedIn)
            .On("POST", "/v1/auth/token/renew-self", SignedIn.Replace("1200", "2400", StringComparison.Ordinal))
            .On("POST", "/v1/auth/token/revoke-self", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Role(server.Address).With(("namespace", "admin/team")));
        Assert.Equal(("hvs.CAES-1", "ci", "iP2Lw1JX"), (token.ToPlainText(), token.Subject, (string)token.Properties["accessor"]));
        Assert.InRange(token.ExpiresIn.TotalSeconds, 1190, 1200);
        Assert.Equal(("hvs.CAES-1", "admin/team", null), ((string?)token.ToHeader()["X-Vault-Token"], (string?)token.ToHeader()["X-Vault-Namespace"], token.ToHeader()["Authorization"]));
        Assert.InRange((await engine.UpdateAsync()).ExpiresIn.TotalSeconds, 2390, 2400);
        RevocationResult ended = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (ended.AccessToken, ended.RefreshToken));
        Assert.Equal(
            [
                """POST /v1/auth/approle/login {"role_id":"988a9df","secret_id":"37b74931"}""",
                "POST /v1/auth/token/renew-self {}",
                "POST /v1/auth/token/revoke-self ",
            ],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.All(server.Requests, sent => Assert.Equal(("true", "admin/team"), (sent.Header("X-Vault-Request"), sent.Header("X-Vault-Namespace"))));
        Assert.Equal([null, "hvs.CAES-1", "hvs.CAES-1"], server.Requests.Select(sent => sent.Header("X-Vault-Token")));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("hvs.CAES", StringComparison.Ordinal) || line.Contains("37b74931", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_that_cannot_be_renewed_is_replaced_by_a_new_sign_in()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v1/auth/ci/login", SignedIn.Replace("\"renewable\":true", "\"renewable\":false", StringComparison.Ordinal));
        var engine = new EngineHost();
        Assert.False((await engine.GetAsync(Role(server.Address).With(("mount", "ci")))).HasRefreshToken);
        await engine.UpdateAsync();
        Assert.Equal(["/v1/auth/ci/login", "/v1/auth/ci/login"], server.Requests.Select(sent => sent.Path));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_whose_longest_life_is_over_is_replaced_by_a_new_sign_in()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v1/auth/approle/login", SignedIn)
            .On("POST", "/v1/auth/token/renew-self", """{"errors":["permission denied"]}""", 403);
        var engine = new EngineHost();
        await engine.GetAsync(Role(server.Address));
        await engine.UpdateAsync();
        Assert.Equal(["/v1/auth/approle/login", "/v1/auth/token/renew-self", "/v1/auth/approle/login"], server.Requests.Select(sent => sent.Path));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"errors":["invalid role or secret ID"]}""", 400, AuthErrorId.InvalidClient, "invalid role or secret ID")]
    [InlineData("""{"errors":["permission denied"]}""", 403, AuthErrorId.AccessDenied, "permission denied")]
    [InlineData("""{"errors":["Vault is sealed"]}""", 503, AuthErrorId.ServerError, "Vault is sealed")]
    public async Task Vault_says_why(string body, int status, string id, string words)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v1/auth/approle/login", body, status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Role(server.Address) with { Transport = Described.Once }));
        Assert.Equal((id, words), (error.Code, error.OAuthErrorDescription));
        Assert.DoesNotContain("37b74931", error.Message, StringComparison.Ordinal);
    }
}
