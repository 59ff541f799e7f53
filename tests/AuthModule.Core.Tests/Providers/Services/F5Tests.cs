using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tokens of BIG-IP.</summary>
public sealed class F5Tests
{
    private const string SignedIn = """{"username":"ann","loginReference":{"link":"https://localhost/mgmt/cm/system/authn/providers/tmos/1f44a60e/login"},"loginProviderName":"tmos","token":{"token":"PUXTM7JKOZUKVEGDGXJK2VQ2VI","name":"PUXTM7JKOZUKVEGDGXJK2VQ2VI","userName":"ann","authProviderName":"tmos","timeout":1200,"startTime":"2026-12-01T00:00:00.000-0800","expirationMicros":1796086800000000}}""";

    private static TokenRequest Ann(string authority, string? wish = null)
    {
        TokenRequest request = Described.Person(authority) with { Provider = "f5" };
        return request with { Input = request.Input with { TokenDuration = wish } };
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, 1200)]
    [InlineData("10h", 36000)]
    public async Task A_token_is_made_to_live_longer_and_deleted(string? wish, int seconds)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/mgmt/shared/authn/login", SignedIn)
            .On("PATCH", "/mgmt/shared/authz/tokens/PUXTM7JKOZUKVEGDGXJK2VQ2VI", """{"token":"PUXTM7JKOZUKVEGDGXJK2VQ2VI","timeout":36000,"kind":"shared:authz:tokens:authtokenitemstate"}""")
            .On("DELETE", "/mgmt/shared/authz/tokens/PUXTM7JKOZUKVEGDGXJK2VQ2VI", """{"token":"PUXTM7JKOZUKVEGDGXJK2VQ2VI"}""");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address, wish));
        Assert.Equal("PUXTM7JKOZUKVEGDGXJK2VQ2VI", token.ToHeader()["X-F5-Auth-Token"]);
        Assert.InRange(token.ExpiresIn.TotalSeconds, seconds - 10, seconds);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        string[] expected =
        [
            """POST {"username":"ann","password":"pass & word","loginProviderName":"tmos"}""",
            .. wish is null ? Array.Empty<string>() : ["""PATCH {"timeout":36000}"""],
            "DELETE ",
        ];
        Assert.Equal(expected, server.Requests.Select(sent => $"{sent.Method} {sent.Body}"));
        Assert.All(server.Requests.Skip(1), sent => Assert.Equal("PUXTM7JKOZUKVEGDGXJK2VQ2VI", sent.Header("X-F5-Auth-Token")));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("PUXTM7JK", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    [Trait("Feature", "N10")]
    public async Task A_token_in_an_address_is_in_no_trace()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/mgmt/shared/authn/login", SignedIn)
            .On("DELETE", "/mgmt/shared/authz/tokens/PUXTM7JKOZUKVEGDGXJK2VQ2VI", "{}");
        var paths = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("AuthModule", StringComparison.Ordinal),
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = activity => paths.Enqueue($"{activity.GetTagItem("url.path")}"),
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        var engine = new EngineHost();
        await engine.GetAsync(Ann(server.Address));
        await engine.RevokeAsync();
        Assert.Contains("/mgmt/shared/authz/tokens/***", paths);
        Assert.DoesNotContain(paths, path => path.Contains("PUXTM7JK", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401, "Authentication failed.", AuthErrorId.InvalidCredentials)]
    [InlineData(400, "user ann has reached maximum active login tokens", AuthErrorId.RateLimited)]
    public async Task A_refusal_is_told(int status, string message, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/mgmt/shared/authn/login",
            sent => new ScriptedReply($$"""{"code":{{status}},"message":"{{message}}","originalRequestBody":{{System.Text.Json.JsonSerializer.Serialize(sent.Body)}},"referer":"127.0.0.1","restOperationId":1,"kind":":resterrorresponse"}""", status));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address) with { Transport = Described.Once }));
        Assert.Equal((id, message), (error.Code, error.OAuthErrorDescription));
        Assert.DoesNotContain("pass & word", error.ToString(), StringComparison.Ordinal);
    }
}
