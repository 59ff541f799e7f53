using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>How services say no.</summary>
public sealed class ErrorShapeTests
{
    private const string Description = """
        "endpoints": { "token": "{authority}/token" },
        "grants": { "password": { "credential": "none" }, "refresh_token": { "credential": "none" }, "client_credentials": {} }
        """;

    public static TheoryData<int, string, string, string, string?, string?> Refusals() => new()
    {
        // status, content type, body, id, code, words
        { 200, "application/json", """{"ok":false,"error":"bad_client_secret"}""", AuthErrorId.InvalidClient, "bad_client_secret", null },
        { 200, "application/json", """{"success":false,"message":"Wrong password"}""", AuthErrorId.InvalidRequest, null, "Wrong password" },
        { 200, "application/json", """{"data":null,"error":{"message":"Account locked","status":"LOCKED"}}""", AuthErrorId.AccountLocked, "LOCKED", "Account locked" },
        { 200, "application/json", """{"error":"invalid_grant"}""", AuthErrorId.InvalidCredentials, "invalid_grant", null },
        { 200, "application/json", """{"ErrorCode":"E7","Message":"Nope"}""", AuthErrorId.InvalidRequest, "E7", "Nope" },
        { 200, "application/xml", "<response status='error'><error>x</error><msg>no such user</msg></response>", AuthErrorId.InvalidRequest, "x", "no such user" },
        { 400, "application/json", """{"errorCode":"invalid_client","errorSummary":"A client_id must be provided."}""", AuthErrorId.InvalidClient, "invalid_client", "A client_id must be provided." },
        { 400, "application/json", """[{"errorCode":"X","message":"m"}]""", AuthErrorId.InvalidRequest, "X", "m" },
        { 400, "application/json", """{"errors":[{"detail":"first"},{"detail":"second"}]}""", AuthErrorId.InvalidRequest, null, "first" },
        { 500, "application/json", """{"fault":{"faultstring":"Spike arrest","detail":{"errorcode":"policies.x"}}}""", AuthErrorId.ServerError, "policies.x", "Spike arrest" },
        { 400, "application/json", """{"errors":{"email":["is invalid"]}}""", AuthErrorId.InvalidRequest, null, "email: is invalid" },
        { 403, "text/plain", "this address is not on the allow list", AuthErrorId.AccessDenied, null, "this address is not on the allow list" },
        { 400, "text/plain; charset=iso-8859-1", "Zugriff f\u00fcr J\u00fcrgen verweigert", AuthErrorId.InvalidRequest, null, "Zugriff f\u00fcr J\u00fcrgen verweigert" },
        { 401, "application/json", """{"message":"Your account has been locked due to too many failed attempts"}""", AuthErrorId.AccountLocked, null, null },
        { 400, "application/json", """{"error":"invalid_grant","error_description":"Account disabled"}""", AuthErrorId.AccountLocked, "invalid_grant", null },
        { 400, "application/json", """{"error":"invalid_grant","error_description":"AADSTS50055: The password is expired."}""", AuthErrorId.InteractionRequired, "invalid_grant", null },
        { 401, "application/json", """{"code":"PASSWORD_EXPIRED"}""", AuthErrorId.InteractionRequired, "PASSWORD_EXPIRED", null },
        { 403, "application/json", """{"message":"Too many login attempts, try later"}""", AuthErrorId.RateLimited, null, null },
        { 401, "application/json", """{"message":"Wrong user name or password, or the account is locked"}""", AuthErrorId.InvalidCredentials, null, null },
        { 401, "application/json", """{"__type":"NotAuthorizedException","message":"Incorrect username or password."}""", AuthErrorId.InvalidCredentials, "NotAuthorizedException", null },
    };

    [Theory]
    [Trait("Feature", "S8")]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_its_id_its_code_and_its_words(int status, string type, string body, string id, string? code, string? words)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).OnBytes("POST", "/token", type.Contains("8859", StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(body) : Encoding.UTF8.GetBytes(body), status, type);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => Described.By(Description).GetAsync(Described.Person(server.Address) with { Transport = Once }));
        Assert.Equal((id, code, status), (error.Code, error.OAuthError, error.StatusCode));
        if (words is not null)
        {
            Assert.Contains(words, error.OAuthErrorDescription, StringComparison.Ordinal);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Feature", "S8")]
    public void Refusals_were_tried_in_many_shapes() => Figures.Add("shapes of refusals", $"{Refusals().Count}");

    [Fact]
    [Trait("Feature", "S8")]
    [Trait("Feature", "N10")]
    public async Task The_words_of_a_text_are_bounded_and_masked()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/token", sent => new ScriptedReply($"\u001b[31m{sent.Body} {new string('x', 5000)}", 403, "text/plain"));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => Described.By(Description).GetAsync(Described.Person(server.Address)));
        Assert.DoesNotContain("pass+%26", error.Message, StringComparison.Ordinal);
        Assert.Contains("***", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.InRange(error.OAuthErrorDescription!.Length, 1, 500);
        Assert.Contains("password", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "S8")]
    [InlineData(200, """{"error":"invalid_grant"}""")]
    [InlineData(400, "")]
    [InlineData(401, "")]
    [InlineData(403, "")]
    [InlineData(400, """{"message":"no"}""")]
    [InlineData(403, "gone")]
    public async Task A_refused_renewal_leads_a_session_that_holds_its_credential_to_sign_in_again(int status, string body)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", sent => sent.Body.Contains("grant_type=refresh_token", StringComparison.Ordinal)
            ? new ScriptedReply(body, status, body.StartsWith('{') ? "application/json" : "text/plain")
            : new ScriptedReply("""{"access_token":"t1","refresh_token":"r1"}"""));
        EngineHost engine = Described.By(Description);
        await engine.GetAsync(Described.Person(server.Address));
        Assert.Equal("t1", (await engine.UpdateAsync()).ToPlainText());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    [Trait("Feature", "S8")]
    public async Task A_refresh_token_of_the_caller_that_is_refused_in_a_200_has_ended()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"error":"invalid_grant"}""");
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => Described.By(Description).GetAsync(
            new TokenRequest { Provider = Described.Name, Authority = server.Address, Input = new GrantInput { RefreshToken = Secret.From("old-old") } }));
        Assert.Equal(AuthErrorId.RefreshTokenExpired, error.Code);
    }

    [Fact]
    [Trait("Feature", "S8")]
    public async Task A_device_poll_waits_in_every_form()
    {
        int polls = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/device", $$"""{"device_code":"d1","user_code":"U","verification_uri":"{{server.Address}}/code","interval":1,"expires_in":600}""")
            .On("POST", "/token", _ => ++polls switch
            {
                1 => new ScriptedReply("""{"error":"authorization_pending"}"""),
                2 => new ScriptedReply("", 428),
                3 => new ScriptedReply("", 429),
                4 => new ScriptedReply("""{"error":"slow_down"}"""),
                _ => new ScriptedReply("""{"access_token":"t1"}"""),
            });
        EngineHost engine = Described.By(
            """ "endpoints": { "token": "{authority}/token", "device_authorization": "{authority}/device" }, "grants": { "urn:ietf:params:oauth:grant-type:device_code": {} } """, new HurriedClock());
        AuthToken token = await engine.GetAsync(new TokenRequest { Provider = Described.Name, Authority = server.Address, ClientId = "c1", Grant = "urn:ietf:params:oauth:grant-type:device_code" });
        Assert.Equal(("t1", 5), (token.ToPlainText(), polls));
    }

    private static AuthModule.Http.TransportSettings Once => AuthModule.Http.TransportSettings.Default with { MaximumRetryCount = 0 };
}
