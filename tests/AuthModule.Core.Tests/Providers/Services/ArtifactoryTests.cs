using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Access tokens of the JFrog Platform.</summary>
public sealed class ArtifactoryTests
{
    private const string Issued = """{"token_id":"7e0eec","access_token":"eyJ.a1","refresh_token":"r-1","expires_in":3600,"scope":"applied-permissions/user","token_type":"Bearer"}""";

    private static TokenRequest Ann(string authority) => (Described.Person(authority) with { Provider = "artifactory", Scopes = ["applied-permissions/user"] }).With(("lifetime", "3600"), ("refreshable", "true"));

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_of_ones_own_is_made_renewed_and_revoked()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/access/api/v1/tokens", sent => new ScriptedReply(sent.Body.Contains("refresh_token=", StringComparison.Ordinal) ? Issued.Replace("a1", "a2", StringComparison.Ordinal).Replace("7e0eec", "8f1ffd", StringComparison.Ordinal) : Issued))
            .On("DELETE", "/access/api/v1/tokens/8f1ffd", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address + "/artifactory"));
        Assert.Equal(("Bearer eyJ.a1", "7e0eec"), ((string?)token.ToHeader()["Authorization"], (string)token.Properties["tokenId"]));
        Assert.Equal("eyJ.a2", (await engine.UpdateAsync()).ToPlainText());
        RevocationResult ended = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (ended.AccessToken, ended.RefreshToken));
        Assert.Equal(
            [
                "POST /access/api/v1/tokens username=ann&scope=applied-permissions%2Fuser&expires_in=3600&refreshable=true",
                "POST /access/api/v1/tokens grant_type=refresh_token&refresh_token=r-1",
                "DELETE /access/api/v1/tokens/8f1ffd ",
            ],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal(
            ["Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), "Bearer eyJ.a1", "Bearer eyJ.a2"],
            server.Requests.Select(sent => sent.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_token_that_is_there_is_used_as_it_is() => Assert.Equal(
        "Bearer cmVmdGtuOjAx",
        (await new EngineHost().GetAsync(Described.Key("https://acme.jfrog.io/artifactory", "cmVmdGtuOjAx") with { Provider = "artifactory" })).ToHeader()["Authorization"]);

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/access/api/v1/tokens", """{"errors":[{"code":"UNAUTHORIZED","message":"Bad Credentials"}]}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((AuthErrorId.InvalidCredentials, "UNAUTHORIZED", "Bad Credentials"), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }
}
