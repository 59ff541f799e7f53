using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Grants;

/// <summary>Services that cannot be tried without an account: the exact requests that their documents ask for.</summary>
public sealed class KnownServiceTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Redirect = "http://127.0.0.1:54321/callback";
    private const string Reply = """{"access_token":"a1","refresh_token":"r1","token_type":"Bearer","expires_in":3600}""";

    private readonly EngineHost host = new();

    [Fact]
    [Trait("Feature", "R2")]
    public async Task Entra_client_credentials()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", $"/{Tenant}/oauth2/v2.0/token", Reply);

        await host.GetAsync(Entra(server, "https://graph.microsoft.com/.default") with { Client = new ClientCredential { Secret = Secret.From("s3cret") } });

        Assert.Equal("grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_id=c1&client_secret=s3cret", server.Requests.Single().Body);
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task Entra_takes_an_assertion_for_its_token_endpoint()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", $"/{Tenant}/oauth2/v2.0/token", Reply);
        using RSA rsa = RSA.Create(2048);
        using var file = new TempFile(rsa.ExportPkcs8PrivateKeyPem());

        await host.GetAsync(Entra(server, "s") with { Client = new ClientCredential { KeyFile = file.Path } });

        string assertion = Field(server.Requests.Single().Body, "client_assertion");
        Assert.True(Base64Url.TryDecode(assertion.Split('.')[1], out byte[] claims));
        JsonElement payload = JsonDocument.Parse(claims).RootElement;
        Assert.Equal($"{server.Address}/{Tenant}/oauth2/v2.0/token", payload.GetProperty("aud").GetString());
        Assert.Equal(("c1", "c1"), (payload.GetProperty("iss").GetString(), payload.GetProperty("sub").GetString()));
        Assert.Equal(120, payload.GetProperty("exp").GetInt64() - payload.GetProperty("iat").GetInt64());
    }

    [Fact]
    [Trait("Feature", "R18")]
    public async Task Entra_workload_of_GitHub_asks_for_its_own_audience()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", $"/{Tenant}/oauth2/v2.0/token", Reply).On("GET", "/oidc", """{"value":"assertion-1"}""");
        host.Variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = server.Address + "/oidc";
        host.Variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "job-token";

        await host.GetAsync(Entra(server, "s") with { Client = new ClientCredential { AssertionSource = new GitHubAssertionSource(null) } });

        Assert.Equal("?audience=api%3A%2F%2FAzureADTokenExchange", server.Requests[0].Query);
        Assert.Equal("grant_type=client_credentials&scope=s&client_id=c1&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=assertion-1", server.Requests[1].Body);
    }

    [Fact]
    [Trait("Feature", "R9")]
    public async Task Entra_on_behalf_of_a_user()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", $"/{Tenant}/oauth2/v2.0/token", Reply);

        await host.GetAsync(Entra(server, "s") with { Input = new GrantInput { Assertion = Secret.From("user-token") }, Client = new ClientCredential { Secret = Secret.From("s3cret") } });

        Assert.Equal("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=user-token&scope=s&requested_token_use=on_behalf_of&client_id=c1&client_secret=s3cret", server.Requests.Single().Body);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Entra_authorization_request()
    {
        AuthorizationRequest authorization = await BeginAsync(new TokenRequest { Provider = "entra", ClientId = "c1", Scopes = ["openid", "offline_access"], Parameters = new Dictionary<string, string> { ["tenant"] = Tenant } });

        Assert.StartsWith($"https://login.microsoftonline.com/{Tenant}/oauth2/v2.0/authorize?response_type=code&client_id=c1&redirect_uri=http%3A%2F%2F127.0.0.1%3A54321%2Fcallback&scope=openid+offline_access&state=", authorization.Url.AbsoluteUri);
    }

    [Theory]
    [Trait("Feature", "R9")]
    [InlineData("AADSTS50076: Due to a configuration change", AuthErrorId.MfaRequired)]
    [InlineData("AADSTS50053: The account is locked", AuthErrorId.AccountLocked)]
    [InlineData("AADSTS50126: Error validating credentials", AuthErrorId.InvalidCredentials)]
    public async Task Entra_errors_are_told_apart(string description, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", $"/{Tenant}/oauth2/v2.0/token", $$"""{"error":"invalid_grant","error_description":"{{description}}"}""", 400);
        TokenRequest request = Entra(server, "s") with { Input = new GrantInput { UserName = "ann", Password = Secret.From("pass-word") } };
        Assert.Equal(id, (await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(request))).Code);
    }

    [Fact]
    [Trait("Feature", "P4")]
    public async Task Entra_needs_a_tenant_id()
    {
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => host.GetAsync(new TokenRequest { Provider = "entra", ClientId = "c1", Client = new ClientCredential { Secret = Secret.From("s3cret") } }));
        Assert.Contains("tenant", error.Message);
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task Okta_uses_its_default_authorization_server()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Discovery(server, "/oauth2/default", "token_endpoint", "/oauth2/default/v1/token").On("POST", "/oauth2/default/v1/token", Reply);

        AuthToken token = await host.GetAsync(new TokenRequest { Provider = "okta", Authority = server.Address, ClientId = "c1", Scopes = ["orders"], Client = new ClientCredential { Secret = Secret.From("s3cret") } });

        Assert.Equal(server.Address + "/oauth2/default", token.Authority);
        Assert.Equal("grant_type=client_credentials&scope=orders", server.Requests[^1].Body);
    }

    [Fact]
    [Trait("Feature", "R2")]
    public async Task Auth0_is_told_the_audience()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Discovery(server, "", "token_endpoint", "/oauth/token", issuerEnd: "/").On("POST", "/oauth/token", Reply);

        await host.GetAsync(new TokenRequest
        {
            Provider = "auth0",
            Authority = server.Address,
            ClientId = "c1",
            Client = new ClientCredential { Secret = Secret.From("s3cret"), Method = "Post" },
            Parameters = new Dictionary<string, string> { ["audience"] = "https://api.example" },
        });

        Assert.Equal("grant_type=client_credentials&audience=https%3A%2F%2Fapi.example&client_id=c1&client_secret=s3cret", server.Requests[^1].Body);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task Google_is_asked_for_a_refresh_token()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Discovery(server, "", "authorization_endpoint", "/o/oauth2/v2/auth");

        AuthorizationRequest authorization = await BeginAsync(new TokenRequest { Provider = "google", Authority = server.Address, ClientId = "c1", Scopes = ["email"] });

        Assert.Matches("^\\?response_type=code&client_id=c1&redirect_uri=[^&]+&scope=email&state=[^&]+&code_challenge=[^&]+&code_challenge_method=S256&access_type=offline$", authorization.Url.Query);
    }

    [Fact]
    [Trait("Feature", "R9")]
    [Trait("Feature", "R18")]
    public async Task Google_takes_service_accounts_and_workloads_without_a_client()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Discovery(server, "", "token_endpoint", "/token").On("POST", "/token", Reply).On("POST", "/v1/token", Reply);
        var google = new TokenRequest { Provider = "google", Authority = server.Address, Scopes = ["https://www.googleapis.com/auth/cloud-platform"] };
        using var file = new TempFile("platform-assertion");
        const string Provider = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q";

        await host.GetAsync(google with { Input = new GrantInput { Assertion = Secret.From("service-account-jwt") } });
        await host.GetAsync(google with
        {
            Client = new ClientCredential { AssertionSource = new FileAssertionSource(file.Path) },
            Parameters = new Dictionary<string, string> { ["workloadProvider"] = Provider, ["securityTokenService"] = server.Address + "/v1/token" },
        });

        Assert.Equal("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=service-account-jwt", server.Requests[^2].Body);
        Assert.Equal(
            $"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&audience={Uri.EscapeDataString(Provider)}&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform"
            + "&requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&subject_token=platform-assertion&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt",
            server.Requests[^1].Body);
    }

    [Fact]
    [Trait("Feature", "R6")]
    [Trait("Feature", "R10")]
    public async Task GitHub_device_flow_with_its_errors_in_replies_of_200_and_its_own_revocation()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Queue<string> replies = new(["""{"error":"authorization_pending"}""", """{"access_token":"gho_1","token_type":"bearer","scope":"repo,gist"}"""]);
        server.On("POST", "/login/device/code", $$"""{"device_code":"d1","user_code":"U-1","verification_uri":"{{server.Address}}/login/device","expires_in":900,"interval":5}""")
            .On("POST", "/login/oauth/access_token", _ => new ScriptedReply(replies.Dequeue()))
            .On("DELETE", "/applications/c1/token", _ => new ScriptedReply(string.Empty, 204));
        var hurried = new EngineHost(new HurriedClock());

        AuthToken token = await hurried.GetAsync(new TokenRequest
        {
            Provider = "github",
            Authority = server.Address,
            ClientId = "c1",
            Scopes = ["repo", "gist"],
            Grant = GrantNames.DeviceCode,
            Client = new ClientCredential { Secret = Secret.From("s3cret") },
            Parameters = new Dictionary<string, string> { ["api"] = server.Address },
        });

        Assert.Equal(["repo", "gist"], token.Scopes);
        Assert.Equal("client_id=c1&scope=repo+gist", server.Requests[0].Body);
        Assert.Equal("client_id=c1&device_code=d1&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", server.Requests[1].Body);
        RevocationResult revoked = await hurried.RevokeAsync();
        Assert.Equal(RevocationOutcome.Confirmed, revoked.AccessToken);
        Assert.Equal("""{"access_token":"gho_1"}""", server.Requests[^1].Body);
        Assert.Equal("Basic YzE6czNjcmV0", server.Requests[^1].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task GitHub_code_exchange_and_its_refusal()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login/oauth/access_token", """{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired."}""");
        AuthorizationRequest authorization = await BeginAsync(new TokenRequest { Provider = "github", Authority = server.Address, ClientId = "c1", Scopes = ["repo"] });

        TokenExpiredException error = await Assert.ThrowsAsync<TokenExpiredException>(() => host.GetAsync(ForgingServer.Answer(authorization, "code=k1&state=" + authorization.State)));

        Assert.Matches("^\\?client_id=c1&redirect_uri=[^&]+&scope=repo&state=[^&]+&code_challenge=[^&]+&code_challenge_method=S256$", authorization.Url.Query);
        Assert.Equal(AuthErrorId.AuthorizationExpired, error.Code);
        Assert.Equal($"client_id=c1&code=k1&redirect_uri={Uri.EscapeDataString(Redirect)}&code_verifier={authorization.Verifier.Reveal()}", server.Requests.Single().Body);
    }

    [Fact]
    [Trait("Feature", "R7")]
    public async Task GitLab_is_found_by_discovery()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Discovery(server, "", "token_endpoint", "/oauth/token").On("POST", "/oauth/token", Reply);

        await host.GetAsync(new TokenRequest { Provider = "gitlab", Authority = server.Address, ClientId = "c1", Input = new GrantInput { RefreshToken = Secret.From("r0-token") } });

        Assert.Equal("grant_type=refresh_token&refresh_token=r0-token&client_id=c1", server.Requests[^1].Body);
    }

    [Fact]
    [Trait("Feature", "M7")]
    [Trait("Feature", "M9")]
    public async Task Mosaia_authorization_address_and_code_exchange()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v1/auth/token", Reply);
        AuthorizationRequest authorization = await BeginAsync(new TokenRequest { Provider = "mosaia", Authority = server.Address, ClientId = "c1", Scopes = ["read", "write"] });

        AuthToken token = await host.GetAsync(ForgingServer.Answer(authorization, "code=k1&state=" + authorization.State));

        string redirect = Uri.EscapeDataString(Redirect);
        Assert.Equal(
            $"https://mosaia.ai/oauth?client_id=c1&redirect_uri={redirect}&response_type=code&code_challenge={AuthModule.Grants.AuthorizationCode.Pkce.Challenge(authorization.Verifier)}&code_challenge_method=S256&scope=read%2Cwrite&state={authorization.State}",
            authorization.Url.AbsoluteUri);
        Assert.Null(authorization.Nonce);
        Assert.Equal($"client_id=c1&redirect_uri={redirect}&code=k1&code_verifier={authorization.Verifier.Reveal()}&grant_type=authorization_code", server.Requests.Single().Body);
        Assert.Equal("a1", token.ToPlainText());
    }

    [Fact]
    [Trait("Feature", "M10")]
    public async Task Mosaia_renews_a_sign_in_by_browser_at_its_own_address()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/v1/auth/token", Reply).On("POST", "/auth/token", """{"access_token":"a2","expires_in":3600}""");
        AuthorizationRequest authorization = await BeginAsync(new TokenRequest { Provider = "mosaia", Authority = server.Address, ClientId = "c1" });
        await host.GetAsync(ForgingServer.Answer(authorization, "code=k1&state=" + authorization.State));

        AuthToken renewed = await host.UpdateAsync();

        Assert.Equal("refresh_token=r1&grant_type=refresh_token", server.Requests[^1].Body);
        Assert.Equal(("a2", true), (renewed.ToPlainText(), renewed.HasRefreshToken));
    }

    private static TokenRequest Entra(ScriptedServer server, string scope) => new()
    {
        Provider = "entra",
        Authority = server.Address,
        ClientId = "c1",
        Scopes = [scope],
        Parameters = new Dictionary<string, string> { ["tenant"] = Tenant },
    };

    private static ScriptedServer Discovery(ScriptedServer server, string path, string endpoint, string address, string issuerEnd = "") => server.On(
        "GET",
        path + "/.well-known/openid-configuration",
        JsonSerializer.Serialize(new Dictionary<string, string> { ["issuer"] = server.Address + path + issuerEnd, [endpoint] = server.Address + address }));

    private static string Field(string form, string name) => AuthModule.Text.FormText.Read(form).Single(field => field.Key == name).Value;

    private Task<AuthorizationRequest> BeginAsync(TokenRequest request) => host.Engine.CreateAuthorizationRequestAsync(
        request with { Input = new GrantInput { RedirectUri = Redirect } }, host.Log, TestContext.Current.CancellationToken);
}
