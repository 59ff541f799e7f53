using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>CyberArk Conjur: a host, a person, a platform's JWT.</summary>
public sealed class ConjurTests
{
    private const string Issued = """{"protected":"eyJhbGciOiJjb25qdXIub3JnL3Nsb3NpbG8vdjIifQ==","payload":"eyJzdWIiOiJob3N0L2FwcCJ9","signature":"raCufKOf"}""";

    private static string Header => $"Token token=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Issued))}\"";

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_host_exchanges_its_key_again_and_again()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/authn/acme/host%2Fapp/authenticate", Issued).On("POST", "/authn/acme/host/app/authenticate", Issued);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync((Described.Client(server.Address, "host/app", "1wgv7h2pw1vta2a7dnzk370ger03nnakkq33sex2a1jmbbnz3h8cye9") with { Provider = "conjur" }).With(("account", "acme")));
        Assert.Equal(Header, token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalSeconds, 470, 480);
        await engine.UpdateAsync();
        Assert.Equal(Enumerable.Repeat("1wgv7h2pw1vta2a7dnzk370ger03nnakkq33sex2a1jmbbnz3h8cye9", 2), server.Requests.Select(sent => sent.Body));
        Assert.Equal(RevocationOutcome.Unsupported, (await engine.RevokeAsync()).AccessToken);
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("1wgv7h2pw1", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_gets_a_key_first()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("GET", "/authn/acme/login", _ => new ScriptedReply("person-key-1", 200, "text/plain"))
            .On("POST", "/authn/acme/ann/authenticate", Issued);
        AuthToken token = await new EngineHost().GetAsync((Described.Person(server.Address) with { Provider = "conjur" }).With(("account", "acme")));
        Assert.Equal(Header, token.ToHeader()["Authorization"]);
        Assert.Equal(["GET /authn/acme/login ", "POST /authn/acme/ann/authenticate person-key-1"], server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), server.Requests[0].Header("Authorization"));
        Assert.Empty(token.Properties.Values.OfType<string>());
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401, AuthErrorId.InvalidClient)]
    [InlineData(403, AuthErrorId.AccessDenied)]
    public async Task A_refusal_without_a_word_goes_by_its_status(int status, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/authn/acme/app/authenticate", "", status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() =>
            new EngineHost().GetAsync((Described.Client(server.Address, "app", "key-key-key") with { Provider = "conjur" }).With(("account", "acme"))));
        Assert.Equal(id, error.Code);
    }
}
