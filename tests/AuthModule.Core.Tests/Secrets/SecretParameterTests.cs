using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Secrets;

/// <summary>A secret is one by its nature, whichever way it came into <c>-Parameter</c>.</summary>
[Trait("Feature", "S11")]
public sealed class SecretParameterTests : IDisposable
{
    // Letters of every kind of escape.
    private const string Canary = "Zx+9/k=\"é <b>&% kanarienvogel\\";

    private const string Description = """
        {
          "name": "vaulted",
          "parameters": { "app_secret": { "secret": true, "required": true, "environment": "VAULTED_SECRET", "explanation": "of the application" }, "tenant": {} },
          "endpoints": { "token": "{authority}/token", "authorization": "{authority}/authorize", "revocation": "{authority}/revoke" },
          "grants": {
            "client_credentials": { "fields": { "grant_type": "client_credentials", "app_secret": "{app_secret}" }, "credential": "none" },
            "refresh_token": { "credential": "none" },
            "authorization_code": { "credential": "none" }
          },
          "operations": { "signOut": { "endpoint": "revocation", "encoding": "json", "credential": "none", "fields": { "key": "{app_secret}" } } }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Ways() => ["secret", "text", "environment", "profile", "undeclared secret", "undeclared text"];

    // As servers write what they were sent; some do it twice.
    private static Dictionary<string, Func<string, string>> Echoes { get; } = new()
    {
        ["plain"] = static text => text,
        ["JSON"] = Json,
        ["JSON, every letter"] = static text => string.Concat(text.Select(static c => $"\\u{(int)c:x4}")),
        ["percent"] = Uri.EscapeDataString,
        ["form"] = static text => Uri.EscapeDataString(text).Replace("%20", "+"),
        ["HTML"] = static text => WebUtility.HtmlEncode(text),
        ["JSON in HTML"] = static text => WebUtility.HtmlEncode(Json(text)),
        ["percent of JSON"] = static text => Uri.EscapeDataString(Json(text)),
    };

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text)[1..^1];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_reaches_the_service_and_nothing_that_can_be_seen(string way)
    {
        int cells = 0;
        foreach ((string form, Func<string, string> echo) in Echoes)
        {
            foreach (string field in (string[])["error", "error_description"])
            {
                await using ScriptedServer server = await ScriptedServer.StartAsync();
                server.On("POST", "/token", _ => new ScriptedReply(Refusal(field, echo), 400));
                EngineHost host = Host(way);

                AuthException refused = await Assert.ThrowsAnyAsync<AuthException>(async () => await GetAsync(host, Request(way, server.Address)));

                string body = Assert.Single(server.Requests).Body;
                Assert.Contains($"{Field(way)}={Uri.EscapeDataString(Canary).Replace("%20", "+")}", body, StringComparison.Ordinal);
                string seen = string.Join('\n', [refused.ToString(), refused.ToJson(), refused.OAuthError, refused.OAuthErrorDescription, refused.RecommendedAction, .. host.Log.Lines]);
                Assert.DoesNotContain("kanarienvogel", seen, StringComparison.Ordinal);
                Assert.True(seen.Contains(Secret.Mask, StringComparison.Ordinal), $"{form} in {field} is not there at all: {seen}");
                cells++;
            }
        }

        Figures.Add($"secret parameters: {way}", $"{cells} echoes, none seen");
    }

    [Fact]
    public async Task Short_ones_are_masked_as_well()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", """{"error":"x","error_description":"app_secret zeta is unknown"}""", 400);
        EngineHost host = Host("secret");

        AuthException refused = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(Request("secret", server.Address, "zeta")));

        Assert.Equal("app_secret *** is unknown", refused.OAuthErrorDescription);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("text")]
    [InlineData("undeclared secret")]
    [InlineData("undeclared text")]
    public async Task Two_secrets_are_two_sessions_and_the_same_is_the_same(string way)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        int issued = 0;
        server.On("POST", "/token", _ => new ScriptedReply($$"""{"access_token":"a{{++issued}}","expires_in":3600}"""));
        EngineHost host = Host(way);

        AuthToken first = await host.GetAsync(Request(way, server.Address, "one-secret"));
        AuthToken other = await host.GetAsync(Request(way, server.Address, "another-secret"));
        AuthToken again = await host.GetAsync(Request(way, server.Address, "one-secret"));

        Assert.Equal(("a1", "a2", "a1"), (first.ToPlainText(), other.ToPlainText(), again.ToPlainText()));
        Assert.Equal(first.SessionId, again.SessionId);
        Assert.NotEqual(first.SessionId, other.SessionId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Renewals_and_sign_outs_carry_it_and_what_a_profile_refers_to_is_read_anew()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", """{"access_token":"a1","expires_in":3600}""").On("POST", "/revoke", string.Empty, 204);
        EngineHost host = Host("profile");
        await GetAsync(host, Request("profile", server.Address));
        host.Variables["PROFILED_SECRET"] = "rotated-secret";

        await host.UpdateAsync();
        RevocationResult revoked = await host.RevokeAsync();

        Assert.NotEqual(RevocationOutcome.Failed, revoked.AccessToken);
        Assert.Contains("app_secret=rotated-secret", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.Equal("""{"key":"rotated-secret"}""", server.Requests[2].Body);
    }

    [Fact]
    public void A_missing_one_is_named()
    {
        ConfigurationException missing = Assert.Throws<ConfigurationException>(() =>
            Host("secret").Engine.Resolve(new TokenRequest { Provider = "vaulted", Authority = "https://v.example" }));
        Assert.Equal(AuthErrorId.MissingParameter, missing.Code);
        Assert.Contains("of the application", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "k": { "secret": true, "default": "abc" } }""")]
    [InlineData("""{ "client_secret_2": { "default": "abc" } }""")]
    [InlineData("""{ "apiKey2": { "default": "abc", "required": true } }""")]
    public void A_description_with_a_secret_in_it_is_refused(string parameters)
    {
        string json = $$"""{ "name": "x", "parameters": {{parameters}}, "grants": { "password": {} } }""";
        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => DescriptionReader.Read(Encoding.UTF8.GetBytes(json), "x.json"));
        Assert.Equal(AuthErrorId.InvalidProvider, refused.Code);
        Assert.Contains(".default: holds a value where a secret belongs", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_does_not_fit_is_not_repeated()
    {
        const string Strict = """{ "name": "strict", "parameters": { "pin": { "secret": true, "pattern": "^[0-9]+$" } }, "authority": { "default": "https://s.example" }, "grants": { "password": {} } }""";
        EngineHost host = HostOf(Strict);
        AuthException refused = Assert.ThrowsAny<AuthException>(() => host.Engine.Resolve(new TokenRequest
        {
            Provider = "strict",
            Parameters = new Dictionary<string, string> { ["pin"] = Canary },
        }));
        Assert.Equal(AuthErrorId.InvalidRequest, refused.Code);
        Assert.DoesNotContain("kanarienvogel", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trustedHosts")]
    [InlineData("tokenEndpoint")]
    public void A_setting_is_no_secret(string name)
    {
        AuthException refused = Assert.ThrowsAny<AuthException>(() => Host("secret").Engine.Resolve(Request("secret", "https://v.example") with
        {
            SecretParameters = SecretParameters.With(SecretParameters.None, name, Secret.From("id.example")),
        }));
        Assert.Contains("is a setting and was given as a secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_does_not_show_one()
    {
        const string Tenants = """{ "name": "tenants", "parameters": { "tenant": {} }, "authority": { "default": "https://{tenant}.example" }, "grants": { "password": {} } }""";
        AuthException refused = Assert.ThrowsAny<AuthException>(() => HostOf(Tenants).Engine.Resolve(new TokenRequest
        {
            Provider = "tenants",
            SecretParameters = SecretParameters.With(SecretParameters.None, "tenant", Secret.From("kanarienvogel")),
        }));
        Assert.Contains("would show it", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarienvogel", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("undeclared secret")]
    public async Task A_browser_is_not_sent_one(string way)
    {
        string byPlace = Description.Replace("\"signOut\":", "\"authorization\": { \"fields\": { \"key\": \"{app_secret}\" } }, \"signOut\":", StringComparison.Ordinal);
        EngineHost host = HostOf(way == "secret" ? byPlace : Description);
        TokenRequest request = Request(way, "https://v.example") with { ClientId = "c", Input = new GrantInput { RedirectUri = "http://127.0.0.1/cb" } };
        AuthException refused = await Assert.ThrowsAnyAsync<AuthException>(() =>
            host.Engine.CreateAuthorizationRequestAsync(request, host.Log, TestContext.Current.CancellationToken));
        Assert.Contains("an address that a browser opens", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarienvogel", refused.ToString(), StringComparison.Ordinal);
    }

    private static string Refusal(string field, Func<string, string> echo) => System.Text.Json.JsonSerializer.Serialize(
        new Dictionary<string, string> { ["error"] = "bad", [field] = $"got {echo(Canary)} here" });

    private static string Field(string way) => way.StartsWith("undeclared", StringComparison.Ordinal) ? "other_secret" : "app_secret";

    private static TokenRequest Request(string way, string authority, string secret = Canary)
    {
        var request = new TokenRequest { Provider = "vaulted", Authority = authority };
        var declared = new Dictionary<string, string> { ["app_secret"] = "for-the-declared-one" };
        return way switch
        {
            "secret" => request with { SecretParameters = SecretParameters.With(SecretParameters.None, "APP_SECRET", Secret.From(secret)) },
            "text" => request with { Parameters = new Dictionary<string, string> { ["app_secret"] = secret } },
            "undeclared secret" => request with { Parameters = declared, SecretParameters = SecretParameters.With(SecretParameters.None, "other_secret", Secret.From(secret)) },
            "undeclared text" => request with { Parameters = new Dictionary<string, string>(declared) { ["other_secret"] = secret } },
            "profile" => request with { Profile = "p" },
            _ => request,
        };
    }

    private static async Task<AuthToken> GetAsync(EngineHost host, TokenRequest request)
    {
        AuthSession session = await host.Engine.OpenAsync(host.Table, request, host.Log, TestContext.Current.CancellationToken);
        return await host.Engine.GetTokenAsync(host.Table, session, TokenRequirement.Default, host.Log, TestContext.Current.CancellationToken);
    }

    private EngineHost Host(string way)
    {
        EngineHost host = HostOf(Description);
        switch (way)
        {
            case "environment":
                host.Variables["VAULTED_SECRET"] = Canary;
                break;
            case "profile":
                host.Variables["PROFILED_SECRET"] = Canary;
                string profiles = Path.Combine(folder, "profiles.json");
                File.WriteAllText(profiles, """{ "profiles": { "p": { "parameter": { "app_secret": { "env": "PROFILED_SECRET" } } } } }""");
                host.Variables["AUTHMODULE_CONFIG"] = profiles;
                break;
        }

        return host;
    }

    private EngineHost HostOf(string description)
    {
        var host = new EngineHost();
        string path = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, description);
        host.Engine.Providers.Register(path);
        return host;
    }
}
