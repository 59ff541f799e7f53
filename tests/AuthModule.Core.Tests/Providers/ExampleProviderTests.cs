using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers;

/// <summary>The worked examples of docs/providers.md, as their services' pages say it goes.</summary>
public sealed class ExampleProviderTests
{
    private const string SignedIn = """{"data":{"expires":900000,"access_token":"a1","refresh_token":"r1"}}""";

    private static EngineHost With(string name)
    {
        var engine = new EngineHost();
        engine.Engine.Providers.Register(RepositoryFiles.PathOf($"examples/providers/{name}.json"));
        return engine;
    }

    private static TokenRequest Directus(string authority, string? otp = null) => new()
    {
        Provider = "directus",
        Authority = authority,
        Input = new GrantInput { UserName = "ann@example.com", Password = Secret.From("pass word"), Otp = Secret.FromOptional(otp) },
    };

    private static TokenRequest Zoom(string authority) => new()
    {
        Provider = "zoom",
        Authority = authority,
        ClientId = "client",
        Client = new ClientCredential { Secret = Secret.From("s3cret") },
        Parameters = new Dictionary<string, string> { ["accountId"] = "acc 1" },
    };

    public static TheoryData<string> Names() => [.. RepositoryFiles.In("examples/providers", "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(Names))]
    public void Every_example_is_read_under_the_name_of_its_file(string name) =>
        Assert.Equal(name, With(name).Engine.Providers.Get(name).Name);

    [Fact]
    [Trait("Feature", "N12")]
    public async Task Directus_signs_in_renews_and_signs_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/auth/login", SignedIn)
            .On("POST", "/auth/refresh", """{"data":{"expires":900000,"access_token":"a2","refresh_token":"r2"}}""")
            .On("POST", "/auth/logout", "", 204);
        EngineHost engine = With("directus");
        AuthToken token = await engine.GetAsync(Directus(server.Address));
        Assert.Equal("a1", token.ToPlainText());
        Assert.InRange(token.ExpiresIn.TotalMinutes, 14, 15);
        Assert.Equal("a2", (await engine.UpdateAsync()).ToPlainText());
        RevocationResult result = await engine.RevokeAsync();
        Assert.Equal((RevocationOutcome.Unsupported, RevocationOutcome.Confirmed), (result.AccessToken, result.RefreshToken));
        Assert.Equal(
            [
                """POST /auth/login {"email":"ann@example.com","password":"pass word","mode":"json"}""",
                """POST /auth/refresh {"refresh_token":"r1","mode":"json"}""",
                """POST /auth/logout {"refresh_token":"r2","mode":"json"}""",
            ],
            server.Requests.Select(request => $"{request.Method} {request.Path} {request.Body}"));
        Assert.All(server.Requests, request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task Directus_takes_a_code_and_a_static_token()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/auth/login", SignedIn);
        EngineHost engine = With("directus");
        await engine.GetAsync(Directus(server.Address, otp: "123456"));
        Assert.Equal("""{"email":"ann@example.com","password":"pass word","otp":"123456","mode":"json"}""", server.Requests.Single().Body);
        AuthToken key = await engine.GetAsync(new TokenRequest
        {
            Provider = "directus",
            Authority = server.Address,
            Grant = "api_key",
            Input = new GrantInput { ApiKey = Secret.From("static-1") },
        });
        Assert.Equal("Bearer static-1", key.ToHeader()["Authorization"]);
        Assert.Single(server.Requests);
    }

    [Theory]
    [Trait("Feature", "N12")]
    [InlineData("INVALID_CREDENTIALS", "Invalid user credentials.", 401, AuthErrorId.InvalidCredentials)]
    [InlineData("INVALID_OTP", "Invalid user OTP.", 401, AuthErrorId.InvalidOtp)]
    [InlineData("USER_SUSPENDED", "User suspended.", 401, AuthErrorId.AccountLocked)]
    [InlineData("INVALID_IP", "Invalid IP address.", 401, AuthErrorId.AccessDenied)]
    [InlineData("SERVICE_UNAVAILABLE", "Service is unavailable.", 503, AuthErrorId.ServerError)]
    public async Task Directus_errors_have_our_ids(string code, string message, int status, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/auth/login", $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"{{{code}}}"}}]}""", status);
        TokenRequest once = Directus(server.Address) with { Transport = AuthModule.Http.TransportSettings.Default with { MaximumRetryCount = 0 } };
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => With("directus").GetAsync(once));
        Assert.Equal((id, code, message), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task A_directus_refresh_token_that_is_refused_means_to_sign_in_again()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/auth/refresh", """{"errors":[{"message":"Invalid user credentials.","extensions":{"code":"INVALID_CREDENTIALS"}}]}""", 401);
        TokenRequest request = new()
        {
            Provider = "directus",
            Authority = server.Address,
            Input = new GrantInput { RefreshToken = Secret.From("old") },
        };
        var error = await Assert.ThrowsAsync<TokenExpiredException>(() => With("directus").GetAsync(request));
        Assert.Equal(AuthErrorId.RefreshTokenExpired, error.Code);
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task Zoom_hands_out_and_revokes_an_account_token()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/oauth/token", """{"access_token":"a1","token_type":"bearer","expires_in":3600,"scope":"user:read:admin meeting:read:admin","api_url":"https://api.zoom.us"}""")
            .On("POST", "/oauth/revoke", """{"status":"success"}""");
        EngineHost engine = With("zoom");
        AuthToken token = await engine.GetAsync(Zoom(server.Address + "/oauth/token"));
        Assert.Equal(("a1", "Bearer", false), (token.ToPlainText(), token.TokenType, token.HasRefreshToken));
        Assert.Equal(["user:read:admin", "meeting:read:admin"], token.Scopes);
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            ["POST /oauth/token grant_type=account_credentials&account_id=acc+1", "POST /oauth/revoke token=a1"],
            server.Requests.Select(request => $"{request.Method} {request.Path} {request.Body}"));
        string basic = "Basic " + Convert.ToBase64String("client:s3cret"u8);
        Assert.All(server.Requests, request => Assert.Equal(basic, request.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task A_zoom_account_id_is_asked_for_before_anything_is_sent()
    {
        TokenRequest request = Zoom("zoom.us") with { Parameters = new Dictionary<string, string>() };
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => With("zoom").GetAsync(request));
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Contains("accountId", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task Zoom_gives_its_reason()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/oauth/token", """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""", 400);
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => With("zoom").GetAsync(Zoom(server.Address)));
        Assert.Equal((AuthErrorId.InvalidClient, "Invalid client_id or client_secret"), (error.Code, error.OAuthErrorDescription));
    }
}
