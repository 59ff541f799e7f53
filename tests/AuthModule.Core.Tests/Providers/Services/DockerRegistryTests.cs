using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Registries of container images that hand out tokens.</summary>
public sealed class DockerRegistryTests
{
    private static TokenRequest Anybody(string authority) => new() { Provider = "docker-registry", Authority = authority, Scopes = ["repository:library/alpine:pull", "repository:acme/app:pull,push"] };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Anybody_pulls_what_is_public()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/token", """{"token":"eyJ.t1","access_token":"eyJ.t1","expires_in":300,"issued_at":"2026-12-01T00:00:00.123456789Z"}""");
        AuthToken token = await new EngineHost().GetAsync(Anybody(server.Address));
        Assert.Equal("Bearer eyJ.t1", token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalSeconds, 290, 300);
        ReceivedRequest sent = server.Requests.Single();
        Assert.Equal("?service=registry.docker.io&scope=repository%3Alibrary%2Falpine%3Apull&scope=repository%3Aacme%2Fapp%3Apull%2Cpush", sent.Query);
        Assert.Null(sent.Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_asks_with_basic_and_a_token_without_a_lifetime_lives_a_minute()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/service/token", """{"token":"eyJ.t2"}""");
        var engine = new EngineHost();
        TokenRequest request = (Described.Person(server.Address) with { Provider = "docker-registry", Scopes = ["repository:acme/app:pull"] })
            .With(("service", "harbor-registry"), ("tokenEndpoint", server.Address + "/service/token"));
        AuthToken token = await engine.GetAsync(request);
        Assert.InRange(token.ExpiresIn.TotalSeconds, 50, 60);
        await engine.UpdateAsync();
        Assert.All(server.Requests, sent =>
        {
            Assert.Equal("?account=ann&service=harbor-registry&scope=repository%3Aacme%2Fapp%3Apull", sent.Query);
            Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), sent.Header("Authorization"));
        });
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(RevocationOutcome.Unsupported, (await engine.RevokeAsync()).AccessToken);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"details":"incorrect username or password"}""", "incorrect username or password")]
    [InlineData("""{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":null}]}""", "authentication required")]
    public async Task A_refusal_is_told(string body, string words)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/token", body, 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "docker-registry" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, words), (error.Code, error.OAuthErrorDescription));
    }
}
