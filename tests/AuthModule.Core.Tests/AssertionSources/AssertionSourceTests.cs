using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.AssertionSources;

public sealed class AssertionSourceTests
{
    private const string Reply = """{"access_token":"a1","token_type":"Bearer","expires_in":60}""";

    private readonly EngineHost host = new();

    [Fact]
    [Trait("Feature", "R18")]
    [Trait("Feature", "N5")]
    public async Task A_file_is_read_again_at_every_renewal()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);
        using var file = new TempFile("first-assertion\n");
        await host.GetAsync(Request(server, "file:" + file.Path));
        await File.WriteAllTextAsync(file.Path, "second-assertion", TestContext.Current.CancellationToken);

        await host.UpdateAsync();

        const string Rest = "grant_type=client_credentials&scope=read&client_id=c1&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=";
        Assert.Equal([Rest + "first-assertion", Rest + "second-assertion"], server.Requests.Select(request => request.Body));
        Assert.DoesNotContain("-assertion\n", string.Join('\n', host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R18")]
    public async Task Kubernetes_takes_the_file_that_the_clusters_webhook_names()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);
        using var file = new TempFile("projected");
        host.Variables["AZURE_FEDERATED_TOKEN_FILE"] = file.Path;

        await host.GetAsync(Request(server, "kubernetes"));

        Assert.EndsWith("&client_assertion=projected", server.Requests.Single().Body);
    }

    [Fact]
    [Trait("Feature", "R18")]
    public async Task GitHub_is_asked_with_the_jobs_own_token_for_the_services_audience()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply).On("GET", "/oidc", """{"count":1,"value":"github-assertion"}""");
        host.Variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = server.Address + "/oidc?api-version=2.0";
        host.Variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "job-token-canary";

        await host.GetAsync(Request(server, "github:api://exchange"));

        Assert.Equal("?api-version=2.0&audience=api%3A%2F%2Fexchange", server.Requests[0].Query);
        Assert.Equal("Bearer job-token-canary", server.Requests[0].Header("Authorization"));
        Assert.EndsWith("&client_assertion=github-assertion", server.Requests[1].Body);
        Assert.DoesNotContain("canary", string.Join('\n', host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R18")]
    public async Task Azure_Pipelines_is_asked_for_the_service_connection()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply).On("POST", "/oidctoken", """{"oidcToken":"pipeline-assertion"}""");
        host.Variables["SYSTEM_OIDCREQUESTURI"] = server.Address + "/oidctoken";
        host.Variables["SYSTEM_ACCESSTOKEN"] = "job-token-canary";

        await host.GetAsync(Request(server, "azure-pipelines:connection-1"));

        Assert.Equal("?api-version=7.1&serviceConnectionId=connection-1", server.Requests[0].Query);
        Assert.Equal("Bearer job-token-canary", server.Requests[0].Header("Authorization"));
        Assert.EndsWith("&client_assertion=pipeline-assertion", server.Requests[1].Body);
    }

    [Theory]
    [Trait("Feature", "R18")]
    [InlineData("github", AuthErrorId.MissingParameter)]
    [InlineData("azure-pipelines", AuthErrorId.MissingParameter)]
    [InlineData("file:/nowhere/assertion", AuthErrorId.InvalidCredentials)]
    public async Task Outside_of_its_platform_a_source_says_what_is_missing(string source, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply);

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(Request(server, source)));

        Assert.Equal(id, error.Code);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [Trait("Feature", "R18")]
    [InlineData("gitlab", AuthErrorId.InvalidRequest)]
    [InlineData("file", AuthErrorId.MissingParameter)]
    public void A_source_that_is_not_known_is_refused(string text, string id) =>
        Assert.Equal(id, Assert.ThrowsAny<AuthException>(() => AssertionSourceReader.Read(text)).Code);

    [Fact]
    [Trait("Feature", "R18")]
    public async Task A_platform_that_refuses_is_InvalidCredentials_without_its_token()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/oidc", """{"message":"job-token-canary is not valid"}""", 403);
        host.Variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = server.Address + "/oidc";
        host.Variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "job-token-canary";

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request(server, "github")));

        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
        Assert.DoesNotContain("canary", error.ToJson());
    }

    private static TokenRequest Request(ScriptedServer server, string source) => new()
    {
        TokenEndpoint = server.Address + "/token",
        ClientId = "c1",
        Scopes = ["read"],
        Client = new ClientCredential { AssertionSource = AssertionSourceReader.Read(source) },
    };
}
