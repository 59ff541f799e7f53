using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Rest;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Services that take a name and a password, or a token in its place, with every call: nothing is asked for first.</summary>
public sealed class BasicServicesTests
{
    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("harbor", "robot$ci")]
    [InlineData("nexus", "qLbGh5Ts")]
    [InlineData("jenkins", "ann")]
    [InlineData("satellite", "ann")]
    [InlineData("grafana", "ann")]
    [InlineData("elastic", "ann")]
    [InlineData("teamcity", "ann")]
    [InlineData("nutanix-prism", "ann")]
    [InlineData("opnsense", "w86XNZob")]
    public async Task Name_and_password_go_along_with_each_call(string provider, string name)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/api", "{}");
        var engine = new EngineHost();
        TokenRequest request = Described.Person(server.Address) with { Provider = provider };
        AuthToken token = await engine.GetAsync(request with { Input = request.Input with { UserName = name } });
        string header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(name + ":pass & word"));
        Assert.Equal((header, TimeSpan.MaxValue, name), ((string?)token.ToHeader()["Authorization"], token.ExpiresIn, token.Subject));
        await CallAsync(engine, token, server.Address + "/api", 200);
        Assert.Equal(header, server.Requests.Single().Header("Authorization"));
        Assert.Equal(RevocationOutcome.Unsupported, (await engine.RevokeAsync()).AccessToken);
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains(header[6..], StringComparison.Ordinal) || line.Contains("pass & word", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("harbor", 401, """{"errors":[{"code":"UNAUTHORIZED","message":"unauthorized"}]}""", AuthErrorId.TokenInactive, "unauthorized")]
    [InlineData("jenkins", 403, "<html><body>Forbidden</body></html>", AuthErrorId.AccessDenied, null)]
    [InlineData("satellite", 401, """{"error":{"message":"Unable to authenticate user ann"}}""", AuthErrorId.TokenInactive, "Unable to authenticate user ann")]
    [InlineData("grafana", 401, """{"extra":null,"message":"Invalid username or password","messageId":"password-auth.failed","statusCode":401,"traceID":""}""", AuthErrorId.TokenInactive, "Invalid username or password")]
    public async Task What_a_call_is_refused_with_is_told(string provider, int status, string body, string id, string? words)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/api", _ => new ScriptedReply(body, status, body.StartsWith('<') ? "text/html" : "application/json"));
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address) with { Provider = provider });
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => CallAsync(engine, token, server.Address + "/api", status));
        Assert.Equal((id, status), (error.Code, error.StatusCode));
        Assert.Contains(words ?? string.Empty, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Grafanas_organization_goes_along()
    {
        AuthToken token = await new EngineHost().GetAsync((Described.Key("https://grafana.example", "glsa_key") with { Provider = "grafana" }).With(("orgId", "3")));
        Assert.Equal(("Bearer glsa_key", "3"), ((string?)token.ToHeader()["Authorization"], (string?)token.ToHeader()["X-Grafana-Org-Id"]));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task Jenkins_variables_are_taken()
    {
        var engine = new EngineHost();
        engine.Variables["JENKINS_URL"] = "https://jenkins.example.org/";
        engine.Variables["JENKINS_USER_ID"] = "ann";
        engine.Variables["JENKINS_API_TOKEN"] = "110e5f";
        AuthToken token = await engine.GetAsync(new TokenRequest { Provider = "jenkins" });
        Assert.Equal(("https://jenkins.example.org", "Basic " + Convert.ToBase64String("ann:110e5f"u8)), (token.Authority, (string?)token.ToHeader()["Authorization"]));
    }

    private static async Task CallAsync(EngineHost engine, AuthToken token, string address, int status)
    {
        using RestReply reply = await engine.Engine.Rest.SendAsync(
            token.Session, new RestRequest(new Uri(address)) { Method = HttpMethod.Get }, null, engine.Log, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)reply.Response.StatusCode);
    }
}
