using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>What requests are made of: functions, assertions, nested and text bodies, cookies.</summary>
public sealed class RequestShapeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Feature", "S4")]
    public async Task Nested_bodies_go_out_as_they_are_written_without_what_has_no_value()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/v3/auth/tokens", _ => new ScriptedReply("""{"token":{"expires_at":"2999-01-01T00:00:00Z"}}""", 201) { Headers = [("X-Subject-Token", "ks-1")] })
            .On("DELETE", "/v3/auth/tokens", "", 204);
        EngineHost engine = Described.By("""
            "endpoints": { "token": "{authority}/v3/auth/tokens" },
            "parameters": { "project": { } },
            "grants": { "password": { "encoding": "json", "credential": "none", "fields": {
              "auth": {
                "identity": { "methods": [ "password" ], "password": { "user": { "name": "{username}", "password": "{password}", "n": 1, "f": true } } },
                "scope": { "project": { "name": "{project?}" } }, "roles": [ "{scopes*}" ], "empty": {} } } } },
            "operations": { "signOut": { "endpoint": "token", "method": "DELETE", "encoding": "none", "credential": "token", "headers": { "X-Subject-Token": "{accessToken}" } } },
            "reply": { "accessToken": "header:X-Subject-Token", "expiresAt": "token.expires_at" },
            "tokenHeaders": { "X-Auth-Token": "{accessToken}" }
            """);
        await engine.GetAsync(Described.Person(server.Address));
        await engine.GetAsync(Described.Person(server.Address).With(("project", "p1")) with { Scopes = ["a", "b"] });
        await engine.RevokeAsync();
        Assert.Equal(
            [
                """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"ann","password":"pass & word","n":1,"f":true}}},"empty":{}}}""",
                """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"ann","password":"pass & word","n":1,"f":true}}},"scope":{"project":{"name":"p1"}},"roles":["a","b"],"empty":{}}}""",
                "",
            ],
            server.Requests.Select(request => request.Body));
        Assert.Equal(("ks-1", "ks-1"), (server.Requests[2].Header("X-Auth-Token"), server.Requests[2].Header("X-Subject-Token")));
    }

    [Theory]
    [Trait("Feature", "S4")]
    [InlineData("text/xml", "<u>{username}</u><p>{password}</p>", "<u>ann</u><p>pass &amp; word</p>")]
    [InlineData("application/json", "{authority}", "")]
    [InlineData("application/x-www-form-urlencoded", "p={password}", "p=pass+%26+word")]
    [InlineData("text/plain", "{password}", "pass & word")]
    public async Task A_text_body_escapes_its_values_for_what_it_is(string type, string body, string sent)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", """{"access_token":"t"}""");
        await Described.By($$""" "grants": { "password": { "endpoint": "{authority}/login", "encoding": "text", "credential": "none", "contentType": "{{type}}", "body": "{{body}}" } } """)
            .GetAsync(Described.Person(server.Address));
        ReceivedRequest request = server.Requests.Single();
        Assert.Equal(type, request.Header("Content-Type"));
        Assert.Equal(sent.Length == 0 ? server.Address : sent, request.Body);
    }

    [Fact]
    [Trait("Feature", "S3")]
    [Trait("Feature", "S4")]
    public async Task A_registry_is_asked_by_GET_with_basic()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("GET", "/token", """{"token":"t1","expires_in":300}""");
        await Described.By("""
            "endpoints": { "token": "{authority}/token?account=x" },
            "parameters": { "service": { "required": true } },
            "grants": { "password": { "method": "GET", "credential": "none", "fields": { "service": "{service}", "scope": "{scopes*}" }, "headers": { "Authorization": "Basic {basic:username,password}" } } },
            "reply": { "accessToken": [ "token", "access_token" ] }
            """).GetAsync(Described.Person(server.Address).With(("service", "reg")) with { Scopes = ["repository:a:pull", "repository:b:pull"] });
        ReceivedRequest request = server.Requests.Single();
        Assert.Equal("?account=x&service=reg&scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull", request.Query);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), request.Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "S3")]
    public async Task A_key_file_as_a_service_hands_it_out_signs_the_described_assertion()
    {
        using RSA rsa = RSA.Create(2048);
        string file = Path.Combine(folder, "service.json");
        File.WriteAllText(file, System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["type"] = "service_account",
            ["private_key_id"] = "kid-9",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "robot@example.com",
        }));
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", """{"access_token":"t1","expires_in":3599}""");
        EngineHost engine = Described.By("""
            "environment": { "clientKey": "PROBE_CREDENTIALS" },
            "endpoints": { "token": "{authority}/token" },
            "assertions": { "login": { "algorithm": "RS256", "lifetime": 3600, "backdate": 30, "notBefore": true, "claims": { "iss": "{key.client_email}", "scope": "{scope?}", "sub": "{clientId?}", "aud": "{endpoint:token}", "jti": "{uuid}", "extra": { "n": 1 } } } },
            "grants": { "client_credentials": { "credential": "none", "fields": { "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "{jwt:login}" } } }
            """);
        engine.Variables["PROBE_CREDENTIALS"] = file;
        AuthToken token = await engine.GetAsync(new TokenRequest { Provider = Described.Name, Authority = server.Address, Scopes = ["a", "b"] });
        Assert.Equal(["a", "b"], token.Scopes);
        string assertion = AuthModule.Text.FormText.Read(server.Requests.Single().Body).Single(field => field.Key == "assertion").Value;
        string[] parts = assertion.Split('.');
        byte[] Bytes(string part) => AuthModule.Text.Base64Url.TryDecode(part, out byte[] bytes) ? bytes : [];
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"alg":"RS256","typ":"JWT","kid":"kid-9"}""", Encoding.UTF8.GetString(Bytes(parts[0])));
        using System.Text.Json.JsonDocument claims = System.Text.Json.JsonDocument.Parse(Bytes(parts[1]));
        System.Text.Json.JsonElement root = claims.RootElement;
        Assert.Equal(("robot@example.com", "a b", server.Address + "/token", 1), (root.GetProperty("iss").GetString(), root.GetProperty("scope").GetString(), root.GetProperty("aud").GetString(), root.GetProperty("extra").GetProperty("n").GetInt32()));
        Assert.Equal((3600, true), (root.GetProperty("exp").GetInt64() - root.GetProperty("iat").GetInt64(), root.GetProperty("nbf").GetInt64() == root.GetProperty("iat").GetInt64()));
        Assert.False(root.TryGetProperty("sub", out _));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains(assertion, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S3")]
    public async Task A_token_that_the_client_makes_itself_is_not_asked_for()
    {
        using RSA rsa = RSA.Create(2048);
        string file = Path.Combine(folder, "key.pem");
        File.WriteAllText(file, rsa.ExportPkcs8PrivateKeyPem());
        EngineHost engine = Described.By("""
            "authority": { "default": "https://probe.example" },
            "parameters": { "account": { "required": true } },
            "assertions": { "login": { "algorithm": [ "ES256", "RS256" ], "lifetime": 3540, "claims": { "iss": "{account}.SHA256:{key.fingerprint}" } } },
            "grants": { "client_credentials": { "token": "{jwt:login}" } },
            "tokenHeaders": { "Authorization": "Bearer {accessToken}", "X-Type": "KEYPAIR_JWT" }
            """);
        AuthToken token = await engine.GetAsync(new TokenRequest { Provider = Described.Name, Client = new ClientCredential { KeyFile = file } }.With(("account", "ACME")));
        Assert.Equal("ACME.SHA256:" + Convert.ToBase64String(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())), token.Claims["iss"]);
        Assert.InRange(token.ExpiresIn.TotalSeconds, 3500, 3540);
        Assert.Equal("KEYPAIR_JWT", token.ToHeader()["X-Type"]);
    }

    [Fact]
    [Trait("Feature", "S3")]
    public void The_fingerprint_of_an_elliptic_key_is_that_of_its_public_half()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string file = Path.Combine(folder, "ec.pem");
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), AuthModule.Jose.Signing.KeyFile.Read(file).Fingerprint);
    }

    [Fact]
    [Trait("Feature", "S4")]
    public async Task Cookies_stay_with_the_session_and_go_back_to_their_host()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("GET", "/start", _ => new ScriptedReply("{}") { Headers = [("Set-Cookie", "pre=1; Path=/")] })
            .On("POST", "/login", _ => new ScriptedReply("""{"access_token":"t"}""") { Headers = [("Set-Cookie", "SID=cookie-1; HttpOnly")] })
            .On("POST", "/logout", "{}");
        EngineHost engine = Described.By("""
            "cookies": true,
            "grants": { "password": {
              "endpoint": "{authority}/login", "credential": "none", "fields": { "u": "{username}" },
              "before": [ { "endpoint": "{authority}/start", "method": "GET" } ] } },
            "operations": { "signOut": { "endpoint": "{authority}/logout", "encoding": "none", "credential": "token" } }
            """);
        AuthToken token = await engine.GetAsync(Described.Person(server.Address));
        Assert.Equal("pre=1; SID=cookie-1", token.ToHeader()["Cookie"]);
        Assert.Empty(token.Properties);
        await engine.RevokeAsync();
        Assert.Equal([null, "pre=1", "pre=1; SID=cookie-1"], server.Requests.Select(request => request.Header("Cookie")));
    }

    [Fact]
    [Trait("Feature", "S6")]
    public async Task An_api_key_with_a_request_is_exchanged_and_again_at_a_renewal()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/identity/token", """{"access_token":"t1","expires_in":3600,"refresh_token":"not_supported"}""");
        EngineHost engine = Described.By("""
            "endpoints": { "token": "{authority}/identity/token" },
            "grants": { "api_key": { "fields": { "grant_type": "urn:probe:apikey", "apikey": "{apiKey}" } } }
            """);
        AuthToken token = await engine.GetAsync(Described.Key(server.Address));
        Assert.Equal(("t1", "Bearer", "Bearer t1"), (token.ToPlainText(), token.TokenType, token.ToHeader()["Authorization"]));
        await engine.UpdateAsync();
        Assert.Equal(Enumerable.Repeat("grant_type=urn%3Aprobe%3Aapikey&apikey=key-1234", 2), server.Requests.Select(request => request.Body));
    }

    [Fact]
    [Trait("Feature", "S6")]
    public async Task A_login_before_the_exchange_and_a_look_behind_it_are_sent_in_their_order()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("GET", "/authn/login", _ => new ScriptedReply("api-key-77", 200, "text/plain"))
            .On("POST", "/authn/host%2Fapp/authenticate", _ => new ScriptedReply("conjur-token", 200, "text/plain"))
            .On("POST", "/authn/host/app/authenticate", _ => new ScriptedReply("conjur-token", 200, "text/plain"))
            .On("GET", "/userinfo", """{"accounts":[{"is_default":false,"base_uri":"https://a"},{"is_default":true,"base_uri":"https://b"}]}""");
        EngineHost engine = Described.By("""
            "grants": { "password": {
              "endpoint": "{authority}/authn/host%2Fapp/authenticate", "encoding": "text", "body": "{loginKey}", "credential": "none",
              "before": [ { "endpoint": "{authority}/authn/login", "method": "GET", "headers": { "Authorization": "Basic {basic:username,password}" }, "reply": { "keep": { "loginKey": { "from": "$", "secret": true } } } } ],
              "after": [ { "endpoint": "{authority}/userinfo", "method": "GET", "credential": "token", "reply": { "keep": { "baseUri": { "from": "accounts[is_default=true].base_uri", "required": true } } } } ] } },
            "reply": { "accessToken": "$", "defaultLifetime": 480 },
            "tokenHeaders": { "Authorization": "Token token=\"{base64:accessToken}\"" }
            """);
        AuthToken token = await engine.GetAsync(Described.Person(server.Address));
        Assert.Equal("https://b", token.Properties["baseUri"]);
        Assert.Equal("Token token=\"Y29uanVyLXRva2Vu\"", token.ToHeader()["Authorization"]);
        Assert.Equal(["", "api-key-77", ""], server.Requests.Select(request => request.Body));
        Assert.Equal("Token token=\"Y29uanVyLXRva2Vu\"", server.Requests[2].Header("Authorization"));
    }
}
