using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tokens of NetBox.</summary>
public sealed class NetBoxTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_of_ones_own_is_made_and_deleted()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/users/tokens/provision/", """{"id":6,"url":"https://netbox/api/users/tokens/6/","user":{"id":2,"username":"ann"},"created":"2026-12-01T00:00:00Z","expires":null,"key":"9fc9b897abec9ada2da6aec9dbc34596293c9cb9","write_enabled":true}""", 201)
            .On("DELETE", "/api/users/tokens/6/", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address + "/api") with { Provider = "netbox" });
        Assert.Equal(("Token 9fc9b897abec9ada2da6aec9dbc34596293c9cb9", "ann", TimeSpan.MaxValue), ((string?)token.ToHeader()["Authorization"], token.Subject, token.ExpiresIn));
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            ["""POST /api/users/tokens/provision/ {"username":"ann","password":"pass & word","description":"AuthModule","version":1}""", "DELETE /api/users/tokens/6/ "],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal("Token 9fc9b897abec9ada2da6aec9dbc34596293c9cb9", server.Requests[1].Header("Authorization"));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("""{"id":7,"version":1,"key":null,"token":"9fc9b897abec","expires":"2999-01-01T00:00:00Z"}""", "Token 9fc9b897abec")]
    [InlineData("""{"id":7,"key":"9fc9b897abec","expires":null}""", "Token 9fc9b897abec")]
    public async Task The_token_is_where_its_version_has_it(string body, string header)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/users/tokens/provision/", body, 201);
        Assert.Equal(header, (await new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "netbox" })).ToHeader()["Authorization"]);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_newer_key_goes_out_as_a_bearer_token() => Assert.Equal(
        "Bearer nbt_4F9D.zjeb",
        (await new EngineHost().GetAsync((Described.Key("https://netbox.example", "nbt_4F9D.zjeb") with { Provider = "netbox" }).With(("scheme", "Bearer")))).ToHeader()["Authorization"]);

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/users/tokens/provision/", """{"detail":"Invalid username/password"}""", 403);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "netbox" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Invalid username/password"), (error.Code, error.OAuthErrorDescription));
    }
}
