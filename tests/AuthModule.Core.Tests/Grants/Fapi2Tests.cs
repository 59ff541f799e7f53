using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Core.Tests.Grants;

/// <summary>The FAPI 2.0 Security Profile as one switch: what it turns on, and what it refuses.</summary>
[Trait("Feature", "R34")]
public sealed class Fapi2Tests : IDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly TestFolder folder = new();

    private static readonly Dictionary<string, (Func<TokenRequest, TokenRequest> Change, string Id)> Forbidden = new()
    {
        ["a client secret"] = (request => request with { Client = new ClientCredential { Secret = Secret.From("canary") } }, AuthErrorId.InvalidRequest),
        ["a public client"] = (request => request with { Client = ClientCredential.None }, AuthErrorId.InvalidRequest),
        ["a secret beside a key"] = (request => request with { Client = request.Client with { Secret = Secret.From("canary") } }, AuthErrorId.InvalidRequest),
        ["an assertion by a secret"] = (request => request with { Client = request.Client with { Method = "SecretJwt" } }, AuthErrorId.InvalidRequest),
        ["a password"] = (request => request with { Grant = GrantNames.Password, Input = new GrantInput { UserName = "alice", Password = Secret.From("canary") } }, AuthErrorId.UnsupportedGrant),
        ["a device code"] = (request => request with { Grant = GrantNames.DeviceCode }, AuthErrorId.UnsupportedGrant),
        ["no pushed request"] = (request => request with { Parameters = PersonServer.Fields(("pushedAuthorization", "false")) }, AuthErrorId.InvalidRequest),
        ["an assertion by RS256"] = (request => request with { Parameters = PersonServer.Fields(("assertionAlgorithm", "RS256")) }, AuthErrorId.InvalidRequest),
        ["an assertion for an endpoint"] = (request => request with { Parameters = PersonServer.Fields(("assertionAudience", "https://id.example/token")) }, AuthErrorId.InvalidRequest),
        ["unchecked TLS"] = (request => request with { Transport = TransportSettings.Default with { SkipCertificateCheck = true } }, AuthErrorId.InsecureUrl),
        ["an endpoint of one's own"] = (request => request with { TokenEndpoint = request.Authority + "token" }, AuthErrorId.InvalidRequest),
        ["no discovery"] = (request => request with { Provider = "oauth2", TokenEndpoint = request.Authority + "token" }, AuthErrorId.InvalidRequest),
        ["another profile"] = (request => request with { SecurityProfile = "Fapi1" }, AuthErrorId.InvalidRequest),
    };

    public static TheoryData<string> ForbiddenNames => [.. Forbidden.Keys];

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_person_signs_in_by_a_pushed_request_a_signed_assertion_and_bound_tokens()
    {
        await using EmbeddedServer server = await StartAsync();
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk);
        var host = new EngineHost(browser: browser);

        AuthToken token = await host.GetAsync(Request(server));
        AuthToken renewed = await host.UpdateAsync();

        Assert.Equal(("alice", "DPoP", "DPoP"), (token.Subject, token.TokenType, renewed.TokenType));
        Assert.Equal(["client_id", "request_uri"], FormText.Read(browser.Opened!.Query).Select(static field => field.Key));
        ServedRequest pushed = Assert.Single(server.Requests, static sent => sent.Path == "/par");
        Assert.Contains(pushed.Fields, static field => field is { Name: "code_challenge_method", Value: "S256" });
        Assert.All(server.Requests.Where(static sent => sent.Path is "/par" or "/token"), static sent => Assert.Contains(sent.Fields, static field => field.Name == "client_assertion"));
        Assert.Equal("ES256", JwtDecoder.Decode(token.Tokens.IdToken!.Reveal()).Algorithm);
    }

    [Fact]
    public async Task The_manual_flow_pushes_too()
    {
        await using EmbeddedServer server = await StartAsync();
        var host = new EngineHost();

        AuthorizationRequest made = await host.Engine.CreateAuthorizationRequestAsync(Request(server), host.Log, TestContext.Current.CancellationToken);

        Assert.Equal(["client_id", "request_uri"], FormText.Read(made.Url.Query).Select(static field => field.Key));
        Assert.NotNull(made.ProofKey);
    }

    [Fact]
    public async Task A_client_gets_bound_tokens_for_itself()
    {
        await using EmbeddedServer server = await StartAsync();

        AuthToken token = await new EngineHost().GetAsync(Request(server) with { Grant = GrantNames.ClientCredentials, Scopes = ["orders.read"], Input = new GrantInput() });

        Assert.Equal("DPoP", token.TokenType);
    }

    [Theory]
    [MemberData(nameof(ForbiddenNames))]
    public async Task What_the_profile_forbids_is_refused_before_anything_is_sent(string what)
    {
        await using EmbeddedServer server = await StartAsync();
        (Func<TokenRequest, TokenRequest> change, string id) = Forbidden[what];

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(change(Request(server))));

        Assert.Equal(id, error.Code);
        Assert.DoesNotContain("canary", error.ToString());
        Assert.DoesNotContain(server.Requests, static sent => sent.Method == "POST");
    }

    [Fact]
    public async Task An_ID_token_by_RS256_is_refused()
    {
        await using EmbeddedServer server = await StartAsync(signingAlgorithm: "RS256");
        using var walk = new SignInWalk();

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(Request(server)));

        Assert.Equal(AuthErrorId.AlgorithmNotAllowed, error.Code);
    }

    [Fact]
    public async Task Tokens_that_no_certificate_binds_are_refused()
    {
        await using EmbeddedServer server = await StartAsync();
        using var walk = new SignInWalk();
        TokenRequest request = Request(server);

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(
            () => new EngineHost(browser: new WalkingBrowser(walk)).GetAsync(request with { Client = request.Client with { Method = "Tls" } }));

        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.DoesNotContain(server.Requests, static sent => sent.Method == "POST");
    }

    [Theory]
    [InlineData(""" "token_type":"DPoP" """, null)]
    [InlineData(""" "token_type":"Bearer" """, AuthErrorId.MalformedResponse)]
    [InlineData(""" "other":1 """, AuthErrorId.MalformedResponse)]
    public async Task A_reply_has_to_say_that_its_token_is_bound(string member, string? id)
    {
        await using ScriptedServer http = await ScriptedServer.StartAsync();
        http.On("GET", "/.well-known/openid-configuration", $$"""{"issuer":"{{http.Address}}","token_endpoint":"{{http.Address}}/token","jwks_uri":"{{http.Address}}/keys"}""");
        http.On("POST", "/token", $$"""{"access_token":"a","expires_in":60,{{member}}}""");
        TokenRequest request = Request(http.Address) with { Grant = GrantNames.ClientCredentials, Scopes = [], Input = new GrantInput() };

        string? code = (await Record.ExceptionAsync(() => new EngineHost().GetAsync(request)) as AuthException)?.Code;

        Assert.Equal(id, code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_without_its_issuer_is_refused(bool isNamed)
    {
        await using EmbeddedServer server = await StartAsync();
        using var walk = new SignInWalk();
        var browser = new WalkingBrowser(walk) { Tamper = back => isNamed ? back : back[..back.IndexOf("&iss=", StringComparison.Ordinal)] };

        string? code = (await Record.ExceptionAsync(() => new EngineHost(browser: browser).GetAsync(Request(server))) as AuthException)?.Code;

        Assert.Equal(isNamed ? null : AuthErrorId.IssuerMismatch, code);
    }

    private Task<EmbeddedServer> StartAsync(string signingAlgorithm = "ES256") => PersonServer.StartAsync(client => client with
    {
        Grants = ["authorization_code", "refresh_token", "client_credentials"],
        Keys = [JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.ExportParameters(includePrivateParameters: false)))],
        RequiresPushedRequests = true,
        RequiresDpop = true,
        SigningAlgorithm = signingAlgorithm,
    });

    private TokenRequest Request(EmbeddedServer server) => Request(server.BaseAddress.AbsoluteUri);

    private TokenRequest Request(string authority)
    {
        string path = System.IO.Path.Combine(folder.Path, "client.pem");
        System.IO.File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
        return new TokenRequest
        {
            Authority = authority,
            ClientId = PersonServer.Client,
            Scopes = ["openid", "orders.read"],
            Grant = GrantNames.Interactive,
            Input = new GrantInput { RedirectUri = PersonServer.Redirect },
            Client = new ClientCredential { KeyFile = path },
            SecurityProfile = SecurityProfiles.Fapi2,
        };
    }
}
