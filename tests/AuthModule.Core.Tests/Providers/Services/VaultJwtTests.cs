using System.Linq;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>HashiCorp Vault by a platform's JWT, Kubernetes among them.</summary>
public sealed class VaultJwtTests
{
    private const string SignedIn = """{"auth":{"client_token":"hvs.J-1","accessor":"a1","metadata":{"role":"deploy"},"lease_duration":3600,"renewable":true,"entity_id":"e1","token_type":"service"}}""";

    private static TokenRequest Job(string authority) => new()
    {
        Provider = "vault-jwt",
        Authority = authority,
        Input = new GrantInput { Assertion = Secret.From("eyJ.job.jwt") },
    };

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("jwt", "deploy", """{"role":"deploy","jwt":"eyJ.job.jwt"}""")]
    [InlineData("kubernetes", null, """{"jwt":"eyJ.job.jwt"}""")]
    public async Task An_assertion_is_exchanged(string mount, string? role, string body)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", $"/v1/auth/{mount}/login", SignedIn)
            .On("POST", "/v1/auth/token/renew-self", SignedIn)
            .On("POST", "/v1/auth/token/revoke-self", "", 204);
        var engine = new EngineHost();
        TokenRequest request = role is null ? Job(server.Address).With(("mount", mount)) : Job(server.Address).With(("mount", mount), ("role", role));
        AuthToken token = await engine.GetAsync(request);
        Assert.Equal(("hvs.J-1", "deploy"), ((string?)token.ToHeader()["X-Vault-Token"], token.Subject));
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).RefreshToken);
        Assert.Equal(body, server.Requests[0].Body);
        Assert.Equal(["login", "renew-self", "revoke-self"], server.Requests.Select(sent => sent.Path.Split('/')[^1]));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_workload_brings_its_platforms_assertion()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v1/auth/kubernetes/login", SignedIn);
        await new EngineHost().GetAsync(new TokenRequest
        {
            Provider = "vault-jwt",
            Authority = server.Address,
            Client = new ClientCredential { AssertionSource = new DelegateAssertionSource("pod", _ => new(Secret.From("eyJ.pod.jwt"))) },
        }.With(("mount", "kubernetes"), ("role", "web")));
        Assert.Equal("""{"role":"web","jwt":"eyJ.pod.jwt"}""", server.Requests.Single().Body);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"errors":["error validating token: invalid audience (aud) claim: audience claim does not match any bound audience"]}""", AuthErrorId.AccessDenied)]
    [InlineData("""{"errors":["error validating token: error verifying token signature: no known key successfully validated the token signature"]}""", AuthErrorId.InvalidCredentials)]
    public async Task Vault_says_why(string body, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v1/auth/jwt/login", body, 400);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Job(server.Address)));
        Assert.Equal(id, error.Code);
    }
}
