using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Grants;

/// <summary>An OpenID provider that signs in whomever it wants and writes ID tokens as a test wants them.</summary>
internal sealed class ForgingServer : IAsyncDisposable
{
    public const string Client = "c1";
    public const string AccessToken = "access-token-1";

    private ForgingServer(ScriptedServer http) => Http = http;

    public ScriptedServer Http { get; }

    public string Issuer => Http.Address;

    /// <summary>Changes header and claims of the next ID token; returns the key to sign with, null for the right one.</summary>
    public Func<Dictionary<string, object?>, Dictionary<string, object?>, SigningKey?> Forgery { get; set; } = (_, _) => null;

    /// <summary>Further members of the next token replies, with a comma in front.</summary>
    public string More { get; set; } = string.Empty;

    /// <summary>False answers without an ID token.</summary>
    public bool SendsIdToken { get; set; } = true;

    /// <summary>Of the authorization request that is answered.</summary>
    public string? Nonce { get; set; }

    public static async Task<ForgingServer> StartAsync()
    {
        ScriptedServer http = await ScriptedServer.StartAsync();
        var server = new ForgingServer(http);
        http.On("GET", "/.well-known/openid-configuration", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["issuer"] = http.Address,
            ["authorization_endpoint"] = http.Address + "/authorize",
            ["token_endpoint"] = http.Address + "/token",
            ["jwks_uri"] = http.Address + "/keys",
        }));
        http.On("GET", "/keys", System.Text.Encoding.UTF8.GetString(TestIssuer.Shared.Jwks));
        http.On("POST", "/token", _ => new ScriptedReply($$"""{"access_token":"{{AccessToken}}","token_type":"Bearer","expires_in":3600{{server.More}}{{(server.SendsIdToken ? $",\"id_token\":\"{server.IdToken()}\"" : string.Empty)}}}"""));
        return server;
    }

    public TokenRequest Request(params string[] scopes) => new()
    {
        Authority = Issuer,
        ClientId = Client,
        Scopes = scopes,
        Input = new GrantInput { RedirectUri = "http://127.0.0.1:54321/callback" },
    };

    public static TokenRequest Answer(AuthorizationRequest authorization, string query) => new()
    {
        Input = new GrantInput { AuthorizationRequest = authorization, CallbackUri = Secret.From("http://127.0.0.1:54321/callback?" + query) },
    };

    public ValueTask DisposeAsync() => Http.DisposeAsync();

    private string IdToken()
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = new Dictionary<string, object?> { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "r1" };
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer,
            ["sub"] = "alice",
            ["aud"] = Client,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = Nonce,
        };
        SigningKey key = Forgery(header, claims) ?? TestIssuer.Shared.Rsa;
        return Forge.Token(Forge.Json(header), Forge.Json(claims), key, "RS256");
    }
}
