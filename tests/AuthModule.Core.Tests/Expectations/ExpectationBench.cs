using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Issuing;
using AuthModule.Jose.Keys;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Servers;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Expectations;

/// <summary>A service whose tokens can be tested in every way that there is, and the ways to say which service is meant.</summary>
internal sealed class ExpectationBench : IAsyncDisposable
{
    private const string HmacText = "a secret of thirty-two bytes and some more";

    private readonly Dictionary<string, Dictionary<string, object?>> active = [];
    private readonly string keyFile = Path.GetTempFileName();
    private readonly AuthIssuer issuer;

    private ExpectationBench(ScriptedServer http)
    {
        Http = http;
        issuer = new AuthIssuer { Name = http.Address };
    }

    public ScriptedServer Http { get; }

    /// <summary>Where keys or answers come from.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["key file", "key address", "shared secret", "published keys", "introspection", "own issuer", "offline"];

    /// <summary>How the call says whose token it has to be.</summary>
    public static IReadOnlyList<string> Names { get; } = ["-Authority", "-Authority/", "-Issuer", "-Provider -Parameter", "-Provider oauth2", "-Session", "environment"];

    public static async Task<ExpectationBench> StartAsync()
    {
        ScriptedServer http = await ScriptedServer.StartAsync();
        var bench = new ExpectationBench(http);
        foreach (string path in (string[])["", "/realms/r1"])
        {
            http.On("GET", path + "/.well-known/openid-configuration", JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["issuer"] = http.Address + path,
                ["token_endpoint"] = http.Address + "/token",
                ["jwks_uri"] = http.Address + "/keys",
                ["introspection_endpoint"] = http.Address + "/introspect",
            }));
        }

        http.On("GET", "/keys", Encoding.UTF8.GetString(TestIssuer.Shared.Jwks));
        http.On("POST", "/token", """{"access_token":"session-token","token_type":"Bearer","expires_in":3600}""");
        http.On("POST", "/introspect", request => new ScriptedReply(JsonSerializer.Serialize(bench.Describe(request.Body))));
        await File.WriteAllBytesAsync(bench.keyFile, TestIssuer.Shared.Jwks, TestContext.Current.CancellationToken);
        return bench;
    }

    /// <summary>Whether the two can go together: without a service there is nobody to ask and nothing that is published.</summary>
    public static bool Fits(string source, string name) => (source, name) switch
    {
        ("published keys" or "introspection", "-Issuer") => false,
        ("own issuer", "-Issuer" or "-Session" or "environment") => false,
        _ => true,
    };

    public async Task<(EngineHost Host, TokenTestRequest Request, string Issuer)> PrepareAsync(string source, string name)
    {
        var host = new EngineHost();
        string expected = name == "-Provider -Parameter" ? Http.Address + "/realms/r1" : Http.Address;
        TokenRequest service = name switch
        {
            "-Authority" => new TokenRequest { Authority = Http.Address },
            "-Authority/" => new TokenRequest { Authority = Http.Address + "/" },
            "-Provider -Parameter" => new TokenRequest { Provider = "keycloak", Authority = Http.Address, Parameters = new Dictionary<string, string> { ["realm"] = "r1" } },
            "-Provider oauth2" => new TokenRequest
            {
                Provider = "oauth2",
                TokenEndpoint = Http.Address + "/token",
                Parameters = new Dictionary<string, string> { ["issuer"] = Http.Address, ["jwksUri"] = Http.Address + "/keys", ["introspectionEndpoint"] = Http.Address + "/introspect" },
            },
            _ => new TokenRequest(),
        };
        if (name == "environment")
        {
            host.Variables["AUTHMODULE_AUTHORITY"] = Http.Address;
        }

        var request = new TokenTestRequest
        {
            Service = service,
            Session = name == "-Session" ? await SessionAsync(host) : null,
            Jwks = source switch { "key file" => keyFile, "key address" => Http.Address + "/keys", _ => null },
            Introspect = source == "introspection",
            IntrospectingClient = source == "introspection" ? new TokenRequest { ClientId = "api", Client = new ClientCredential { Secret = Secret.From("api-secret") } } : null,
            Issuer = source == "own issuer" ? issuer : null,
            Rules = new ValidationRules
            {
                Issuers = name == "-Issuer" ? [expected] : [],
                HmacSecret = source == "shared secret" ? new SecretKeySource(Secret.From(HmacText)) : null,
                Offline = source == "offline",
            },
        };
        return (host, request, expected);
    }

    public static Dictionary<string, object?> GoodClaims(string issuer) => new()
    {
        ["iss"] = issuer,
        ["sub"] = "alice",
        ["aud"] = "orders",
        ["client_id"] = "nightly",
        ["scope"] = "orders.read",
        ["groups"] = new object?[] { "staff" },
        ["department"] = "sales",
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60,
        ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600,
        ["jti"] = "j1",
    };

    /// <summary>A token with these claims, as the source knows it; null where it cannot make one.</summary>
    public async Task<string?> MakeAsync(string source, Dictionary<string, object?> claims)
    {
        switch (source)
        {
            case "introspection":
                string opaque = "opaque-" + active.Count;
                active.Add(opaque, new Dictionary<string, object?>(claims) { ["active"] = true });
                return opaque;
            case "own issuer":
                return await IssueAsync(claims);
            case "shared secret":
                return Forge.Token(new() { ["alg"] = "HS256", ["typ"] = "JWT" }, claims, SigningKey.FromSecret(Encoding.UTF8.GetBytes(HmacText)));
            default:
                return Forge.Token(new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "r1" }, claims, TestIssuer.Shared.Rsa);
        }
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(keyFile);
        await Http.DisposeAsync();
    }

    private async Task<string?> IssueAsync(Dictionary<string, object?> claims)
    {
        // It issues access tokens only, and none that have ended.
        if (!claims.ContainsKey("client_id") || (long)claims["exp"]! < DateTimeOffset.UtcNow.ToUnixTimeSeconds())
        {
            return null;
        }

        IssuedTokens issued = await issuer.IssueAsync(
            new TokenGrant
            {
                Issuer = (string)claims["iss"]!,
                Subject = (string)claims["sub"]!,
                Audience = [(string)claims["aud"]!],
                ClientId = (string)claims["client_id"]!,
                Scopes = ((string)claims["scope"]!).Split(' '),
                Claims = claims.Where(claim => claim.Key is "groups" or "department" or "cnf").ToDictionary(claim => claim.Key, claim => claim.Value),
            },
            TestContext.Current.CancellationToken);
        return issued.AccessToken.Reveal();
    }

    private Dictionary<string, object?> Describe(string form)
    {
        string token = form.Split('&').Single(field => field.StartsWith("token=", StringComparison.Ordinal))["token=".Length..];
        return active.GetValueOrDefault(token) ?? new Dictionary<string, object?> { ["active"] = false };
    }

    private async Task<AuthSession> SessionAsync(EngineHost host)
    {
        AuthToken token = await host.GetAsync(new TokenRequest
        {
            Authority = Http.Address,
            ClientId = "nightly",
            Grant = "client_credentials",
            Client = new ClientCredential { Secret = Secret.From("s") },
        });
        return token.Session;
    }
}
