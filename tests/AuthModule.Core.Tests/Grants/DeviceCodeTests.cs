using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Grants;

public sealed class DeviceCodeTests
{
    private const string Pending = """{"error":"authorization_pending"}""";
    private const string SlowDown = """{"error":"slow_down"}""";
    private const string Token = """{"access_token":"a1","token_type":"Bearer","expires_in":3600}""";

    [Fact]
    [Trait("Feature", "R6")]
    public async Task Slow_down_adds_five_seconds_for_good()
    {
        await using ScriptedServer server = await StartAsync();
        var clock = new HurriedClock();
        var polls = new List<DateTimeOffset>();
        Queue<ScriptedReply> replies = new([new(Pending, 400), new(SlowDown, 400), new(Pending, 400), new(Token)]);
        server.On("POST", "/token", _ =>
        {
            polls.Add(clock.GetUtcNow());
            return replies.Dequeue();
        });

        AuthToken token = await new EngineHost(clock).GetAsync(Request(server));

        Assert.Equal("a1", token.ToPlainText());
        Assert.Equal([3, 8, 8], polls.Zip(polls.Skip(1), (first, second) => (int)(second - first).TotalSeconds));
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task The_requests_are_those_of_the_standard()
    {
        await using ScriptedServer server = await StartAsync();
        server.On("POST", "/token", Token);

        await new EngineHost(new HurriedClock()).GetAsync(Request(server));

        Assert.Equal("scope=a+b&audience=api&client_id=c1", server.Requests[0].Body);
        Assert.Equal("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dev-code-1&client_id=c1", server.Requests[1].Body);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task The_device_code_is_never_shown()
    {
        await using ScriptedServer server = await StartAsync();
        server.On("POST", "/token", """{"error":"access_denied","error_description":"dev-code-1 was denied"}""", 400);
        var host = new EngineHost(new HurriedClock());

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request(server)));

        Assert.DoesNotContain("dev-code-1", error + string.Join('\n', host.Log.Lines));
    }

    [Theory]
    [Trait("Feature", "R6")]
    [InlineData("https://evil.example/device", AuthErrorId.DiscoveryFailed)]
    [InlineData("javascript:alert(1)", AuthErrorId.MalformedResponse)]
    [InlineData("", AuthErrorId.MalformedResponse)]
    public async Task Nobody_is_sent_to_a_foreign_page(string page, string id)
    {
        await using ScriptedServer server = await StartAsync(page);
        var host = new EngineHost(new HurriedClock());

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => host.GetAsync(Request(server)));

        Assert.Equal(id, error.Code);
        Assert.DoesNotContain(host.Log.Lines, line => line.StartsWith("Information", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_page_on_a_host_that_the_user_allows_is_shown()
    {
        await using ScriptedServer server = await StartAsync("https://people.example/device");
        server.On("POST", "/token", Token);
        TokenRequest request = Request(server);
        var host = new EngineHost(new HurriedClock());

        await host.GetAsync(request with { Parameters = new Dictionary<string, string>(request.Parameters) { ["trustedHosts"] = "people.example" } });

        Assert.Contains(host.Log.Lines, line => line.Contains("https://people.example/device"));
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_server_that_fails_for_a_moment_does_not_end_the_wait()
    {
        await using ScriptedServer server = await StartAsync();
        Queue<ScriptedReply> replies = new([new("oops", 500, "text/plain"), new(Token)]);
        server.On("POST", "/token", _ => replies.Dequeue());

        Assert.Equal("a1", (await new EngineHost(new HurriedClock()).GetAsync(Request(server))).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task Nobody_is_waited_for_longer_than_an_hour_whatever_the_server_says()
    {
        await using ScriptedServer server = await StartAsync();
        server.On("POST", "/device", $$"""{"device_code":"d","user_code":"WDJB-MJHT","verification_uri":"{{server.Address}}/enter","expires_in":9999999999,"interval":60}""");
        server.On("POST", "/token", _ => new ScriptedReply("""{"error":"authorization_pending"}""", 400));
        var host = new EngineHost(new HurriedClock());

        AuthException ended = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(Request(server)));

        Assert.Equal(AuthErrorId.DeviceCodeExpired, ended.Code);
        Assert.Contains(host.Log.Lines, static line => line.Contains("The code is good for 1 hour", StringComparison.Ordinal));
        Assert.InRange(server.Requests.Count, 55, 61);
    }

    private static TokenRequest Request(ScriptedServer server) => new()
    {
        TokenEndpoint = server.Address + "/token",
        ClientId = "c1",
        Scopes = ["a", "b"],
        Grant = GrantNames.DeviceCode,
        Parameters = new Dictionary<string, string> { ["deviceAuthorizationEndpoint"] = server.Address + "/device", ["audience"] = "api" },
    };

    private static async Task<ScriptedServer> StartAsync(string? page = null)
    {
        ScriptedServer server = await ScriptedServer.StartAsync();
        return server.On("POST", "/device", $$"""{"device_code":"dev-code-1","user_code":"WDJB-MJHT","verification_uri":"{{page ?? server.Address + "/enter"}}","expires_in":1800,"interval":3}""");
    }
}
