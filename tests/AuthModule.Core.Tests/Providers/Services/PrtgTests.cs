using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>PRTG, which reads a credential in the address only.</summary>
public sealed class PrtgTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_gets_the_passhash_and_calls_have_it_in_the_address()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("GET", "/api/getpasshash.htm", _ => new ScriptedReply("3914487571", 200, "text/html"))
            .On("GET", "/api/table.json", """{"sensors":[]}""");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address) with { Provider = "prtg" });
        Assert.Equal(("3914487571", TimeSpan.MaxValue, 0), (token.ToPlainText(), token.ExpiresIn, token.ToHeader().Count));
        await CallAsync(engine, token, server.Address + "/api/table.json?content=sensors");
        Assert.Equal(
            ["/api/getpasshash.htm?username=ann&password=pass+%26+word", "/api/table.json?content=sensors&username=ann&passhash=3914487571"],
            server.Requests.Select(sent => sent.Path + sent.Query));
        Assert.All(server.Requests, sent => Assert.Null(sent.Header("Authorization")));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("3914487571", StringComparison.Ordinal) || line.Contains("pass+%26+word", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_key_goes_into_the_address()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/api/status.json", "{}");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Key(server.Address, "AB+CD/EF==GH") with { Provider = "prtg" });
        await CallAsync(engine, token, server.Address + "/api/status.json");
        Assert.Equal("?apitoken=AB%2BCD%2FEF%3D%3DGH", server.Requests.Single().Query);
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("AB+CD", StringComparison.Ordinal) || line.Contains("AB%2BCD", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/api/getpasshash.htm", _ => new ScriptedReply("<html><body>Unauthorized</body></html>", 401, "text/html"));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "prtg" }));
        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
    }

    private static async Task CallAsync(EngineHost engine, AuthToken token, string address)
    {
        using AuthModule.Rest.RestReply reply = await engine.Engine.Rest.SendAsync(token.Session, new AuthModule.Rest.RestRequest(new Uri(address)) { Method = System.Net.Http.HttpMethod.Get }, null, engine.Log, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)reply.Response.StatusCode);
    }
}
