using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Service accounts of Rubrik Security Cloud and of CDM clusters.</summary>
public sealed class RubrikTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_account_of_the_cloud_signs_in_and_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/client_token", """{"client_id":"client|019be083","access_token":"eyJ.rsc","expires_in":86400}""")
            .On("DELETE", "/api/session", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Client(server.Address + "/api/client_token", "client|019be083") with { Provider = "rubrik" });
        Assert.Equal("Bearer eyJ.rsc", token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalHours, 23.9, 24);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            ["POST /api/client_token grant_type=client_credentials&client_id=client%7C019be083&client_secret=s3cret-s3cret", "DELETE /api/session "],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal([null, "Bearer eyJ.rsc"], server.Requests.Select(sent => sent.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_service_account_of_a_cluster_signs_in_and_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api/v1/service_account/session", """{"serviceAccountId":"User:::1","token":"eyJ.cdm","sessionId":"s-77","expirationTime":"2999-01-01T00:00:00.000Z","organizationId":"Organization:::g"}""")
            .On("DELETE", "/api/v1/session/s-77", "", 204);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Client(server.Address, "User:::1") with { Provider = "rubrik-cdm" });
        Assert.Equal("Bearer eyJ.cdm", token.ToHeader()["Authorization"]);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            ["""POST /api/v1/service_account/session {"serviceAccountId":"User:::1","secret":"s3cret-s3cret"}""", "DELETE /api/v1/session/s-77 "],
            server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_cluster_that_wants_the_newer_names_gets_them()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/v1/service_account/session", sent => sent.Body.Contains("clientId", StringComparison.Ordinal)
            ? new ScriptedReply("""{"sessionId":"s-78","serviceAccountId":"User:::1","token":"eyJ.new"}""")
            : new ScriptedReply("""{"message":"Bad request: clientId is missing"}""", 400));
        Assert.Equal("eyJ.new", (await new EngineHost().GetAsync(Described.Client(server.Address, "client|1") with { Provider = "rubrik-cdm" })).ToPlainText());
        Assert.Equal("""{"clientId":"client|1","clientSecret":"s3cret-s3cret"}""", server.Requests[1].Body);
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("rubrik", "/api/client_token")]
    [InlineData("rubrik-cdm", "/api/v1/service_account/session")]
    public async Task A_wrong_secret_is_told(string provider, string path)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", path, """{"message":"Incorrect Username/Password"}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Client(server.Address) with { Provider = provider }));
        Assert.Equal((AuthErrorId.InvalidClient, "Incorrect Username/Password"), (error.Code, error.OAuthErrorDescription));
    }
}
