using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>HashiCorp Vault by name and password.</summary>
public sealed class VaultUserpassTests
{
    private const string SignedIn = """{"auth":{"client_token":"hvs.U-1","accessor":"a1","policies":["default"],"metadata":{"username":"ann"},"lease_duration":2764800,"renewable":true,"entity_id":"e1","token_type":"service"}}""";

    private static TokenRequest Ann(string authority, string? otp = null) => Described.Person(authority, otp) with { Provider = "vault-userpass" };

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, "/v1/auth/userpass/login/ann")]
    [InlineData("ldap", "/v1/auth/ldap/login/ann")]
    public async Task A_person_signs_in_at_any_mount(string? mount, string path)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", path, SignedIn).On("POST", "/v1/auth/token/revoke-self", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(mount is null ? Ann(server.Address) : Ann(server.Address).With(("mount", mount)));
        Assert.Equal(("ann", "hvs.U-1"), (token.Subject, (string?)token.ToHeader()["X-Vault-Token"]));
        Assert.InRange(token.ExpiresIn.TotalDays, 31.9, 32);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal([$$"""POST {{path}} {"password":"pass & word"}""", "POST /v1/auth/token/revoke-self "], server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Null(server.Requests[0].Header("X-Vault-MFA"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_code_goes_along_with_the_name_of_its_method_and_the_token_is_renewed_with_itself()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v1/auth/userpass/login/ann", SignedIn)
            .On("POST", "/v1/auth/token/renew-self", SignedIn);
        var engine = new EngineHost();
        await engine.GetAsync(Ann(server.Address, otp: "123456").With(("mfaName", "my_totp")));
        await engine.UpdateAsync();
        Assert.Equal("my_totp:123456", server.Requests[0].Header("X-Vault-MFA"));
        Assert.Equal(("/v1/auth/token/renew-self", "hvs.U-1"), (server.Requests[1].Path, server.Requests[1].Header("X-Vault-Token")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"errors":["invalid username or password"]}""", AuthErrorId.InvalidCredentials)]
    [InlineData("""{"errors":["ldap operation failed: failed to bind as user"]}""", AuthErrorId.InvalidCredentials)]
    public async Task A_wrong_password_is_told(string body, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v1/auth/userpass/login/ann", body, 400);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal(id, error.Code);
        Assert.DoesNotContain("pass & word", error.Message, StringComparison.Ordinal);
    }
}
