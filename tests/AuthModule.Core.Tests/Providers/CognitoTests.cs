using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers;

public sealed class CognitoTests
{
    private const string Path = "/oauth2/token";

    private static TokenRequest Request(string authority, params string[] scopes) => new()
    {
        Provider = "cognito",
        Parameters = new Dictionary<string, string> { ["domain"] = authority },
        ClientId = "client 1",
        Scopes = scopes,
        Grant = "client_credentials",
        Client = new ClientCredential { Secret = Secret.From("s:cr%t") },
    };

    [Fact]
    [Trait("Feature", "C2")]
    public async Task The_request_is_exact_with_and_without_scopes()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Path, """{"access_token":"a","expires_in":3600,"token_type":"Bearer"}""");
        var engine = new EngineHost();
        AuthToken first = await engine.GetAsync(Request(server.Address, "orders/read", "orders/write"));
        await engine.GetAsync(Request(server.Address));
        Assert.Equal(
            ["grant_type=client_credentials&scope=orders%2Fread+orders%2Fwrite", "grant_type=client_credentials"],
            server.Requests.Select(request => request.Body));
        Assert.DoesNotContain(engine.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Equal(["orders/read", "orders/write"], first.Scopes);
        string basic = "Basic " + Convert.ToBase64String("client 1:s:cr%t"u8);
        Assert.All(server.Requests, request => Assert.Equal(basic, request.Header("Authorization")));
    }

    [Theory]
    [Trait("Feature", "C1")]
    [InlineData("{0}/oauth2/token")]
    [InlineData("{0}/oauth2/token/")]
    [InlineData("{0}/")]
    public async Task The_domain_is_normalised(string form)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Path, """{"access_token":"a","expires_in":3600}""");
        await new EngineHost().GetAsync(Request(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, server.Address)));
        Assert.Equal(Path, server.Requests.Single().Path);
    }

    [Fact]
    [Trait("Feature", "C1")]
    public async Task A_token_endpoint_stands_in_for_the_domain()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/emulator/token", """{"access_token":"a","expires_in":3600}""");
        await new EngineHost().GetAsync(Request("unused") with { Parameters = new Dictionary<string, string>(), TokenEndpoint = server.Address + "/emulator/token" });
        Assert.Equal("/emulator/token", server.Requests.Single().Path);
    }

    [Theory]
    [Trait("Feature", "C1")]
    [InlineData("tokenEndpoint")]
    [InlineData("TOKENENDPOINT")]
    public async Task An_endpoint_among_the_parameters_is_that_endpoint_and_no_field(string name)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/emulator/token", """{"access_token":"a","refresh_token":"r","expires_in":3600}""")
            .On("POST", "/emulator/revoke", "");
        var engine = new EngineHost();
        await engine.GetAsync(Request("unused") with
        {
            Parameters = new Dictionary<string, string> { [name] = server.Address + "/emulator/token", ["revocationEndpoint"] = server.Address + "/emulator/revoke" },
        });
        RevocationResult revoked = await engine.RevokeAsync();

        Assert.Equal(["/emulator/token", "/emulator/revoke", "/emulator/revoke"], server.Requests.Select(request => request.Path));
        Assert.Equal("grant_type=client_credentials", server.Requests[0].Body);
        Assert.Equal((RevocationOutcome.Confirmed, RevocationOutcome.Confirmed), (revoked.AccessToken, revoked.RefreshToken));
    }

    [Theory]
    [Trait("Feature", "C3")]
    [InlineData("""{"access_token":"a","expires_in":20}""", 15, 1)]
    [InlineData("""{"access_token":"a","expires_in":20}""", 19, 2)]
    [InlineData("""{"access_token":"a"}""", 3000, 1)]
    [InlineData("""{"access_token":"a"}""", 3590, 2)]
    public async Task A_short_token_is_not_fetched_at_every_call_and_one_without_an_end_is_not_kept_for_ever(string reply, int later, int requests)
    {
        var clock = new ManualTimeProvider();
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Path, reply);
        var engine = new EngineHost(clock);
        await engine.GetAsync(Request(server.Address));
        clock.Advance(TimeSpan.FromSeconds(later));
        await engine.GetAsync(Request(server.Address));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    [Trait("Feature", "C4")]
    public async Task An_error_is_surfaced_and_an_echoed_secret_is_masked()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", Path, """{"error":"invalid_client","error_description":"no client with secret s:cr%t"}""", 400);
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost().GetAsync(Request(server.Address)));
        Assert.Equal((AuthErrorId.InvalidClient, "invalid_client", "no client with secret ***"), (error.Code, error.OAuthError, error.OAuthErrorDescription));
        Assert.DoesNotContain("s:cr%t", error + error.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "C5")]
    public async Task Its_headers_are_three()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Path, """{"access_token":"tok","expires_in":3600}""");
        System.Collections.Hashtable headers = (await new EngineHost().GetAsync(Request(server.Address))).ToHeader();
        Assert.Equal(
            ("Bearer tok", "application/json", "application/json", 3),
            (headers["Authorization"], headers["Content-Type"], headers["Accept"], headers.Count));
    }

    [Fact]
    [Trait("Feature", "C14")]
    public async Task The_environment_configures_it()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Path, """{"access_token":"a","expires_in":3600}""");
        var engine = new EngineHost();
        engine.Variables["COGNITO_DOMAIN"] = server.Address;
        engine.Variables["COGNITO_CLIENT_ID"] = "from-environment";
        engine.Variables["COGNITO_CLIENT_SECRET"] = "secret-of-environment";
        engine.Variables["COGNITO_DEFAULT_SCOPE"] = "a/b";
        engine.Variables["COGNITO_REGION"] = "eu-central-1";
        engine.Variables["COGNITO_USER_POOL_ID"] = "eu-central-1_Abc";
        AuthToken token = await engine.GetAsync(new TokenRequest { Provider = "cognito" });
        Assert.Equal("grant_type=client_credentials&scope=a%2Fb", server.Requests.Single().Body);
        Assert.Equal("https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc", token.Session.Service.Issuer);
        Assert.Equal("from-environment", token.ClientId);
    }

    [Fact]
    [Trait("Feature", "C9")]
    [Trait("Feature", "C10")]
    public void Its_claims_have_their_own_names() =>
        Assert.Equal(
            ("cognito:groups", "client_id", "token_use"),
            (
                Description.Claims["groups"],
                Description.Claims["client"],
                Description.Claims["tokenUse"]));

    private static AuthModule.Providers.ProviderDescription Description => new AuthModule.Providers.ProviderCatalog().Get("cognito").Description;
}
