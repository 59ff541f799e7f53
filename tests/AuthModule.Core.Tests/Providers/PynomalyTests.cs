using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Accounts.ApiKeys;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers;

public sealed class PynomalyTests
{
    private const string Login = "/api/v1/auth/login";
    private const string Refresh = "/api/v1/auth/refresh";
    private const string Pair = """{"access_token":"a1","refresh_token":"r1","token_type":"bearer","expires_in":3600}""";

    private static TokenRequest Request(string authority) => new()
    {
        Provider = "pynomaly",
        Authority = authority,
        Grant = "password",
        Input = new GrantInput { UserName = "ann", Password = Secret.From("pass word&1") },
    };

    private static async Task<(ScriptedServer Server, EngineHost Engine, AuthSession Session)> SignedInAsync()
    {
        ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Login, Pair);
        var engine = new EngineHost();
        await engine.GetAsync(Request(server.Address));
        return (server, engine, engine.Table.Current!);
    }

    [Fact]
    [Trait("Feature", "Y1")]
    public async Task The_login_is_json()
    {
        (ScriptedServer server, _, _) = await SignedInAsync();
        await using (server)
        {
            ReceivedRequest sent = server.Requests.Single();
            Assert.Equal(("application/json", """{"username":"ann","password":"pass word&1"}"""), (sent.Header("Content-Type"), sent.Body));
        }
    }

    [Fact]
    [Trait("Feature", "Y1")]
    public async Task A_server_that_answers_422_gets_the_form()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", Login, request => request.Header("Content-Type") == "application/json" ? new ScriptedReply("""{"detail":[{"loc":["body","username"],"msg":"field required"}]}""", 422) : new ScriptedReply(Pair));
        AuthToken token = await new EngineHost().GetAsync(Request(server.Address));
        Assert.Equal("a1", token.ToPlainText());
        Assert.Equal("username=ann&password=pass+word%261", server.Requests[1].Body);
    }

    [Theory]
    [Trait("Feature", "Y2")]
    [InlineData("""{"access_token":"a2","refresh_token":"r2","expires_in":3600}""", "r2")]
    [InlineData("""{"access_token":"a2","expires_in":3600}""", "r1")]
    public async Task A_rotated_refresh_token_is_kept_and_the_old_one_when_none_comes(string reply, string next)
    {
        (ScriptedServer server, EngineHost engine, _) = await SignedInAsync();
        await using (server)
        {
            server.On("POST", Refresh, reply);
            await engine.UpdateAsync();
            await engine.UpdateAsync();
            Assert.Equal(
                ["""{"refresh_token":"r1"}""", $$"""{"refresh_token":"{{next}}"}"""],
                server.Requests.Skip(1).Select(request => request.Body));
        }
    }

    [Fact]
    [Trait("Feature", "Y2")]
    public async Task A_server_that_wants_the_refresh_token_in_the_query_gets_it_there()
    {
        (ScriptedServer server, EngineHost engine, _) = await SignedInAsync();
        await using (server)
        {
            server.On("POST", Refresh, request => request.Query.Length == 0 ? new ScriptedReply("{}", 422) : new ScriptedReply("""{"access_token":"a2","refresh_token":"r2"}"""));
            Assert.Equal("a2", (await engine.UpdateAsync()).ToPlainText());
            Assert.Equal("?refresh_token=r1", server.Requests[^1].Query);
        }
    }

    [Fact]
    [Trait("Feature", "Y3")]
    public async Task A_failed_refresh_that_a_sign_in_cannot_mend_is_an_error_and_leaves_no_stale_token()
    {
        var clock = new ManualTimeProvider();
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Login, Pair);
        var engine = new EngineHost(clock);
        await engine.GetAsync(Request(server.Address));
        server.On("POST", Refresh, """{"detail":"Refresh token expired"}""", 401).On("POST", Login, """{"detail":"Invalid credentials"}""", 401);
        clock.Advance(TimeSpan.FromHours(2));
        var error = await Assert.ThrowsAsync<AuthenticationException>(engine.CurrentAsync);
        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
        Assert.Equal(SessionState.Failed, engine.Table.Current!.State);
    }

    [Fact]
    [Trait("Feature", "Y4")]
    public async Task An_api_key_goes_out_in_its_own_header_and_alone()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/api/v1/api-keys", """{"api_keys":[]}""");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(new TokenRequest { Provider = "pynomaly", Authority = server.Address, Grant = "api_key", Input = new GrantInput { ApiKey = Secret.From("key-123456") } });
        Assert.Empty(server.Requests);
        await engine.Engine.ApiKeys.ListAsync(engine.Table.Current!, engine.Log, TestContext.Current.CancellationToken);
        ReceivedRequest sent = server.Requests.Single();
        Assert.Equal(("key-123456", null), (sent.Header("X-API-Key"), sent.Header("Authorization")));
        Assert.Equal(("key-123456", 1), ((string)token.ToHeader()["X-API-Key"]!, token.ToHeader().Count));
    }

    [Fact]
    [Trait("Feature", "Y5")]
    public async Task Api_keys_are_made_listed_regenerated_and_removed_as_documented()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            server.On("POST", "/api/v1/api-keys", """{"id":"k1","api_key":"key-1","name":"nightly","scopes":["read"],"expires_at":"2027-01-01T00:00:00Z"}""", 201)
                .On("GET", "/api/v1/api-keys", """[{"id":"k1","name":"nightly","created_at":"2026-01-01T00:00:00Z","is_active":true}]""")
                .On("POST", "/api/v1/api-keys/k1/regenerate", """{"id":"k1","api_key":"key-2"}""")
                .On("DELETE", "/api/v1/api-keys/k1", "", 204);
            ApiKeyService keys = engine.Engine.ApiKeys;
            ApiKey made = await keys.CreateAsync(
                session,
                new NewApiKey("nightly") { Scopes = ["read", "write"], ExpiresOn = new DateTimeOffset(2027, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)) },
                engine.Log,
                TestContext.Current.CancellationToken);
            ApiKey listed = Assert.Single(await keys.ListAsync(session, engine.Log, TestContext.Current.CancellationToken));
            ApiKey again = await keys.RegenerateAsync(session, Secret.From("k1"), engine.Log, TestContext.Current.CancellationToken);
            await keys.RemoveAsync(session, Secret.From("k1"), engine.Log, TestContext.Current.CancellationToken);
            Assert.Equal("""{"name":"nightly","scopes":["read","write"],"expires_at":"2027-01-01T00:00:00Z"}""", server.Requests[1].Body);
            Assert.Equal(("k1", "key-1", "key-2"), (made.Id, made.ToPlainText(), again.ToPlainText()));
            Assert.Equal(("nightly", true, true), (listed.Name, listed.IsActive, listed.Key is null));
            Assert.All(server.Requests.Skip(1), request => Assert.Equal("Bearer a1", request.Header("Authorization")));
        }
    }

    [Fact]
    [Trait("Feature", "Y5")]
    public async Task Api_keys_work_on_the_path_of_the_servers_code_too()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            server.On("POST", "/api/v1/auth/api-keys", """{"api_key":"key-1","name":"nightly","created_at":"2026-01-01T00:00:00"}""", 201)
                .On("GET", "/api/v1/auth/api-keys", """{"api_keys":[{"name":"nightly"}],"count":1}""")
                .On("DELETE", "/api/v1/auth/api-keys/key-1", """{"message":"deleted"}""");
            ApiKeyService keys = engine.Engine.ApiKeys;
            ApiKey made = await keys.CreateAsync(session, new NewApiKey("nightly") { Description = "job" }, engine.Log, TestContext.Current.CancellationToken);
            Assert.Single(await keys.ListAsync(session, engine.Log, TestContext.Current.CancellationToken));
            await keys.RemoveAsync(session, made.Identifier, engine.Log, TestContext.Current.CancellationToken);
            Assert.Equal((null, "key-1"), (made.Id, made.ToPlainText()));
            Assert.Equal("""{"name":"nightly","description":"job"}""", server.Requests.Single(request => request.Path == "/api/v1/auth/api-keys" && request.Method == "POST").Body);
            Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("key-1", StringComparison.Ordinal));
        }
    }

    [Fact]
    [Trait("Feature", "Y5")]
    public async Task A_limit_that_the_servers_code_has_no_field_for_makes_no_key()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            server.On("POST", "/api/v1/auth/api-keys", """{"api_key":"key-1","name":"nightly"}""", 201);
            var wanted = new NewApiKey("nightly") { Scopes = ["read"], ExpiresOn = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), Description = "job" };

            AuthenticationException refused = await Assert.ThrowsAsync<AuthenticationException>(
                () => engine.Engine.ApiKeys.CreateAsync(session, wanted, engine.Log, TestContext.Current.CancellationToken));

            Assert.Equal(AuthErrorId.InvalidRequest, refused.Code);
            Assert.Contains("-Scope and -ExpiresOn", refused.Message);
            Assert.DoesNotContain("-Description", refused.Message);
            Assert.DoesNotContain(server.Requests, request => request.Path == "/api/v1/auth/api-keys");
        }
    }

    [Fact]
    [Trait("Feature", "Y5")]
    public async Task A_listed_key_without_an_id_says_what_to_give_instead()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            server.On("GET", "/api/v1/auth/api-keys", """{"api_keys":[{"name":"nightly"}],"count":1}""");
            ApiKey listed = Assert.Single(await engine.Engine.ApiKeys.ListAsync(session, engine.Log, TestContext.Current.CancellationToken));

            ConfigurationException error = Assert.Throws<ConfigurationException>(() => listed.Identifier);

            Assert.Equal(AuthErrorId.MissingParameter, error.Code);
            Assert.StartsWith("-Id is missing", error.Message);
        }
    }

    [Fact]
    [Trait("Feature", "Y9")]
    [Trait("Feature", "P4")]
    public async Task What_is_missing_is_named_as_the_cmdlet_has_it_and_says_what_for()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
                () => engine.Engine.Mfa.RegisterAsync(session, new MfaRegistration(MfaMethod.Sms), engine.Log, TestContext.Current.CancellationToken));

            Assert.Equal((AuthErrorId.MissingParameter, $"-PhoneNumber is missing: {server.Address} needs it for the enrolment of a second factor."), (error.Code, error.Message));
        }
    }

    [Fact]
    [Trait("Feature", "Y6")]
    [Trait("Feature", "Y8")]
    public async Task A_totp_factor_is_enrolled_and_confirmed_by_code()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            const string Uri = "otpauth://totp/Pynomaly%20Security:ann?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Pynomaly%20Security";
            server.On("POST", "/api/v1/mfa/totp/setup", $$"""{"secret":"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP","qr_code_url":"{{Uri}}","manual_entry_key":"JBSW Y3DP","backup_codes":["11111111","22222222"]}""")
                .On("POST", "/api/v1/mfa/totp/verify", request => new ScriptedReply("{}", request.Body.Contains("123456", StringComparison.Ordinal) ? 200 : 400));
            MfaEnrollment enrollment = await engine.Engine.Mfa.RegisterAsync(session, new MfaRegistration(MfaMethod.Totp), engine.Log, TestContext.Current.CancellationToken);
            Assert.Equal("""{"app_name":"Pynomaly","issuer":"Pynomaly Security"}""", server.Requests[1].Body);
            Assert.Equal((32, 2, Uri), (enrollment.Secret!.Length, enrollment.BackupCodes.Length, enrollment.PlainUri!.Reveal()));
            Assert.False(await engine.Engine.Mfa.ConfirmAsync(session, MfaMethod.Totp, Secret.From("000000"), engine.Log, TestContext.Current.CancellationToken));
            Assert.True(await engine.Engine.Mfa.ConfirmAsync(session, MfaMethod.Totp, Secret.From("123456"), engine.Log, TestContext.Current.CancellationToken));
            Assert.Equal("""{"totp_code":"123456"}""", server.Requests[^1].Body);
        }
    }

    [Fact]
    [Trait("Feature", "Y9")]
    public async Task Sms_email_and_status_are_sent_as_documented()
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            server.On("POST", "/api/v1/mfa/sms/setup", """{"message":"sent"}""")
                .On("POST", "/api/v1/mfa/sms/verify", "{}")
                .On("POST", "/api/v1/mfa/email/setup", """{"message":"sent"}""")
                .On("POST", "/api/v1/mfa/email/verify", "{}")
                .On("GET", "/api/v1/mfa/status", """{"mfa_enabled":true,"active_methods":["totp","sms"],"backup_codes_remaining":8}""");
            MfaService mfa = engine.Engine.Mfa;
            await mfa.RegisterAsync(session, new MfaRegistration(MfaMethod.Sms) { PhoneNumber = "+49 170-123 4567" }, engine.Log, TestContext.Current.CancellationToken);
            Assert.True(await mfa.ConfirmAsync(session, MfaMethod.Sms, Secret.From("111111"), engine.Log, TestContext.Current.CancellationToken));
            await mfa.RegisterAsync(session, new MfaRegistration(MfaMethod.Email) { EmailAddress = "ann@example.com" }, engine.Log, TestContext.Current.CancellationToken);
            Assert.True(await mfa.ConfirmAsync(session, MfaMethod.Email, Secret.From("222222"), engine.Log, TestContext.Current.CancellationToken));
            MfaStatus status = await mfa.StatusAsync(session, engine.Log, TestContext.Current.CancellationToken);
            Assert.Equal(
                ["""{"phone_number":"+491701234567"}""", """{"sms_code":"111111"}""", """{"email_address":"ann@example.com"}""", """{"email_code":"222222"}"""],
                server.Requests.Skip(1).Take(4).Select(request => request.Body));
            Assert.Equal((true, "totp sms", 8), (status.IsEnabled, string.Join(' ', status.Methods), status.BackupCodesLeft));
        }
    }

    [Theory]
    [Trait("Feature", "Y9")]
    [InlineData("12345")]
    [InlineData("+49 abc 1234567")]
    [InlineData("+123456789012345678")]
    public async Task A_malformed_phone_number_is_refused_before_anything_is_sent(string number)
    {
        (ScriptedServer server, EngineHost engine, AuthSession session) = await SignedInAsync();
        await using (server)
        {
            var error = await Assert.ThrowsAsync<AuthenticationException>(() => engine.Engine.Mfa.RegisterAsync(
                session, new MfaRegistration(MfaMethod.Sms) { PhoneNumber = number }, engine.Log, TestContext.Current.CancellationToken));
            Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [Trait("Feature", "Y10")]
    [Trait("Feature", "Y11")]
    [InlineData(401, """{"detail":"Invalid username or password"}""", AuthErrorId.InvalidCredentials, "Invalid username or password")]
    [InlineData(401, """{"detail":"Account temporarily locked due to too many failed login attempts"}""", AuthErrorId.AccountLocked, "Account temporarily locked due to too many failed login attempts")]
    [InlineData(403, """{"detail":"mfa_required"}""", AuthErrorId.MfaRequired, "mfa_required")]
    [InlineData(401, """{"error":"mfa_required","detail":"Enter your code"}""", AuthErrorId.MfaRequired, "Enter your code")]
    [InlineData(401, """{"detail":"Token has expired"}""", AuthErrorId.TokenExpired, "Token has expired")]
    [InlineData(400, """{"type":"about:blank","title":"Bad Request","status":400,"detail":"No such tenant"}""", AuthErrorId.InvalidRequest, "No such tenant")]
    [InlineData(400, """{"detail":[{"loc":["body","username"],"msg":"too short"},{"loc":["body","password"],"msg":"too weak"}]}""", AuthErrorId.InvalidRequest, "body.username: too short; body.password: too weak")]
    [InlineData(500, """{"detail":"boom"}""", AuthErrorId.ServerError, "boom")]
    public async Task Its_errors_are_told_apart(int status, string body, string id, string description)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Login, body, status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Request(server.Address)));
        Assert.Equal((id, description, status), (error.Code, error.OAuthErrorDescription, error.StatusCode));
    }

    [Fact]
    [Trait("Feature", "Y12")]
    public async Task A_limit_that_is_longer_than_the_time_out_is_an_error_with_its_headers()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Login, _ => new ScriptedReply("""{"detail":"Too many requests"}""", 429)
        {
            Headers = [("Retry-After", "120"), ("X-RateLimit-Limit", "10"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1999999999")],
        });
        var engine = new EngineHost();
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => engine.GetAsync(Request(server.Address)));
        Assert.Equal((AuthErrorId.RateLimited, TimeSpan.FromSeconds(120), true), (error.Code, error.RetryAfter, error.IsTransient));
        Assert.Equal((10L, 0L), (error.RateLimit!.Limit, error.RateLimit.Remaining));

        // The next caller is told without another request.
        var second = await Assert.ThrowsAsync<AuthenticationException>(() => engine.GetAsync(Request(server.Address) with { ClientId = "other" }));
        Assert.Equal(AuthErrorId.RateLimited, second.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Feature", "Y12")]
    public async Task A_short_wait_is_waited_and_the_request_sent_again()
    {
        int count = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Login, _ => ++count == 1
            ? new ScriptedReply("{}", 429) { Headers = [("Retry-After", "0")] }
            : new ScriptedReply(Pair));
        Assert.Equal("a1", (await new EngineHost().GetAsync(Request(server.Address))).ToPlainText());
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    [Trait("Feature", "Y13")]
    public async Task Every_request_has_an_id_that_its_error_names_and_debug_is_on_demand()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", Login, """{"detail":"Invalid username or password"}""", 401);
        var engine = new EngineHost();
        var first = await Assert.ThrowsAsync<AuthenticationException>(() => engine.GetAsync(Request(server.Address)));
        await Assert.ThrowsAsync<AuthenticationException>(() => engine.GetAsync(Request(server.Address) with
        {
            Parameters = new System.Collections.Generic.Dictionary<string, string> { ["debug"] = "true" },
        }));
        Assert.Equal(server.Requests[0].Header("X-Request-ID"), first.CorrelationId);
        Assert.Equal((null, "true"), (server.Requests[0].Header("X-Debug"), server.Requests[1].Header("X-Debug")));
    }
}
