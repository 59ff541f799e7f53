using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>AWX and Ansible Automation Platform.</summary>
public sealed class AwxTests
{
    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "awx", Scopes = ["read"] };

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("api/v2")]
    [InlineData("api/gateway/v1")]
    public async Task A_personal_token_is_made_and_deleted_by_its_id(string api)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", $"/{api}/tokens/", """{"id":42,"type":"o_auth2_access_token","created":"2026-12-01T08:00:00.000000Z","description":"AuthModule","user":1,"token":"9epHOqHhnXUcgYK8QanOmUQPSgX92g","refresh_token":null,"application":null,"expires":"3025-04-03T08:00:00.000000Z","scope":"read"}""", 201)
            .On("DELETE", $"/{api}/tokens/42/", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address).With(("api", api)));
        Assert.Equal(("Bearer 9epHOqHhnXUcgYK8QanOmUQPSgX92g", "42"), ((string?)token.ToHeader()["Authorization"], (string)token.Properties["tokenId"]));
        Assert.True(token.ExpiresIn.TotalDays > 3000);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            [$$"""POST /{{api}}/tokens/ {"description":"AuthModule","scope":"read"}""", $"DELETE /{api}/tokens/42/ "],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal(
            ["Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), "Bearer 9epHOqHhnXUcgYK8QanOmUQPSgX92g"],
            server.Requests.Select(sent => sent.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told_and_a_token_of_the_environment_is_taken()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/v2/tokens/", """{"detail":"Invalid username/password."}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Invalid username/password."), (error.Code, error.OAuthErrorDescription));
        var engine = new EngineHost();
        engine.Variables["CONTROLLER_HOST"] = "https://awx.example.org";
        engine.Variables["CONTROLLER_OAUTH_TOKEN"] = "6E5SXhld7AMO";
        Assert.Equal("Bearer 6E5SXhld7AMO", (await engine.GetAsync(new TokenRequest { Provider = "awx" })).ToHeader()["Authorization"]);
    }
}
