using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Servers;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Validation;

/// <summary>What a server answers about a token as a signed JWT (RFC 9701).</summary>
[Trait("Feature", "R32")]
public sealed class SignedIntrospectionTests
{
    [Fact]
    public async Task A_server_that_signs_its_answers_is_asked_for_it()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(
            new EmbeddedServerOptions { Clients = [new ServerClient("nightly", "canary-1") { Grants = ["client_credentials"] }] }, TestContext.Current.CancellationToken);
        var host = new EngineHost();
        AuthToken token = await host.GetAsync(new TokenRequest { Authority = server.BaseAddress.AbsoluteUri, ClientId = "nightly", Client = new ClientCredential { Secret = Secret.From("canary-1") } });

        TokenTestResult good = await TestAsync(host, token.Session, token.ToPlainText());
        TokenTestResult unknown = await TestAsync(host, token.Session, "never-issued");

        Assert.Equal((true, "nightly"), (good.IsValid, good.Subject));
        Assert.Equal((false, AuthErrorId.TokenInactive), (unknown.IsValid, unknown.Failure));
        Assert.All(server.Requests.Where(static sent => sent.Path == "/introspect"), static sent => Assert.Equal(200, sent.Status));
    }

    [Theory]
    [InlineData("good", null)]
    [InlineData("plain", null)]
    [InlineData("another issuer", AuthErrorId.IssuerMismatch)]
    [InlineData("another client", AuthErrorId.AudienceMismatch)]
    [InlineData("another key", AuthErrorId.SignatureInvalid)]
    [InlineData("no signature", AuthErrorId.AlgorithmNotAllowed)]
    [InlineData("another type", AuthErrorId.TokenUseMismatch)]
    [InlineData("no type", AuthErrorId.TokenUseMismatch)]
    [InlineData("nothing inside", AuthErrorId.MalformedResponse)]
    public async Task A_signed_answer_passes_every_test_before_it_is_believed(string forgery, string? id)
    {
        await using ScriptedServer http = await ScriptedServer.StartAsync();
        http.On("GET", "/.well-known/openid-configuration", $$"""
            {"issuer":"{{http.Address}}","token_endpoint":"{{http.Address}}/token","jwks_uri":"{{http.Address}}/keys","introspection_endpoint":"{{http.Address}}/introspect","introspection_signing_alg_values_supported":["RS256"]}
            """);
        http.On("GET", "/keys", System.Text.Encoding.UTF8.GetString(TestIssuer.Shared.Jwks));
        http.On("POST", "/token", """{"access_token":"a","token_type":"Bearer","expires_in":60}""");
        string inside = """{"active":true,"sub":"alice"}""";
        string header = forgery switch
        {
            "no signature" => """{"alg":"none","typ":"token-introspection+jwt"}""",
            "another type" => """{"alg":"RS256","kid":"r1","typ":"at+jwt"}""",
            "no type" => """{"alg":"RS256","kid":"r1"}""",
            _ => """{"alg":"RS256","kid":"r1","typ":"token-introspection+jwt"}""",
        };
        string claims = $$"""{"iss":"{{(forgery == "another issuer" ? "https://evil.example" : http.Address)}}","aud":"{{(forgery == "another client" ? "c2" : "c1")}}","iat":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}{{(forgery == "nothing inside" ? string.Empty : $",\"token_introspection\":{inside}")}}}""";
        string jwt = Forge.Token(header, claims, forgery == "another key" ? TestIssuer.Shared.Stranger : TestIssuer.Shared.Rsa, "RS256");
        http.On("POST", "/introspect", _ => forgery == "plain" ? new ScriptedReply(inside) : new ScriptedReply(jwt, ContentType: "application/token-introspection+jwt"));
        var host = new EngineHost();
        AuthToken token = await host.GetAsync(new TokenRequest { Authority = http.Address, ClientId = "c1", Client = new ClientCredential { Secret = Secret.From("s") } });

        TokenTestResult? result = null;
        string? code = (await Record.ExceptionAsync(async () => result = await TestAsync(host, token.Session, "asked")) as AuthException)?.Code;

        Assert.Equal(id, code);
        Assert.Equal(id is null, result?.IsValid == true);
    }

    private static async Task<TokenTestResult> TestAsync(EngineHost host, AuthSession session, string token) => await host.Engine.Tester.TestAsync(
        host.Table, new TokenTestRequest { Session = session, Introspect = true }, token, host.Log, TestContext.Current.CancellationToken);
}
