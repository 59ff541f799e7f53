using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Core.Tests.Support;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.ServiceChecks;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.Text;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Visibility;

/// <summary>A server that writes to the terminal, by each field of each reply: whatever comes out of it is looked at.</summary>
[Trait("Feature", "U5")]
[Trait("Feature", "P1")]
public sealed class HostileServerTests : IDisposable
{
    // One of each kind: C0, DEL, C1, line ends, bidirectional, invisible, tags.
    private static readonly string[] Hostile =
        ["\u001b[2J", "\u0007", "\b", "\r\n", "\u007f", "\u009b", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u061c", "\u200b", "\ufeff", "\u00ad", "\U000E0041"];

    private static readonly string All = "x" + string.Join('y', Hostile) + "z";

    private const string Description = """
        {
          "name": "hostile", "endpoints": {
            "token": "{authority}/token", "device_authorization": "{authority}/device", "backchannel_authentication": "{authority}/bc",
            "keys": "{authority}/keys", "mfa": "{authority}/mfa", "introspection": "{authority}/introspect", "revocation": "{authority}/revoke" },
          "grants": { "password": {}, "refresh_token": {}, "urn:ietf:params:oauth:grant-type:device_code": {}, "urn:openid:params:grant-type:ciba": {} },
          "operations": {
            "apiKeyList": { "endpoint": "keys", "method": "GET", "encoding": "none", "credential": "token",
              "result": { "items": "items", "id": "id", "name": "name", "scopes": "scopes", "description": "description", "createdOn": "created" } },
            "mfaStatus": { "endpoint": "mfa", "method": "GET", "encoding": "none", "credential": "token", "result": { "enabled": "enabled", "methods": "methods" } },
            "mfaRegisterEmail": { "endpoint": "mfa", "encoding": "json", "credential": "token", "fields": {}, "result": { "message": "message", "backupCodes": "codes" } },
            "introspection": {}, "revocation": {}
          },
          "reply": { "defaultLifetime": 3600 }
        }
        """;

    private const string Token = """{ "access_token": "a1", "token_type": "Bearer", "expires_in": "3600", "scope": "one", "sub": "s", "refresh_token": "r1" }""";

    private readonly string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"authmodule-{Guid.NewGuid():N}.json");

    public HostileServerTests() => System.IO.File.WriteAllText(file, Description);

    public void Dispose() => System.IO.File.Delete(file);

    private sealed record Kind(string Name, string Method, string Path, string Reply, int Status, Func<EngineHost, string, Task<IEnumerable<object>>> Run);

    private static Kind[] Kinds { get; } =
    [
        new("token", "POST", "/token", Token, 200, async (host, address) => [await host.GetAsync(Request(address)), host.Table.Current!]),
        new("refusal", "POST", "/token", """{ "error": "invalid_request", "error_description": "d", "error_uri": "u", "message": "m", "detail": [ { "msg": "m", "loc": [ "a", "b" ] } ] }""", 400,
            async (host, address) => [await host.GetAsync(Request(address))]),
        new("refusal by a code of its own", "POST", "/token", """{ "error": "odd", "detail": [ { "msg": "m", "loc": [ "a", "b" ] } ] }""", 403,
            async (host, address) => [await host.GetAsync(Request(address))]),
        new("device authorization", "POST", "/device",
            """{ "device_code": "d", "user_code": "u", "verification_uri": "http://127.0.0.1/v", "verification_uri_complete": "http://127.0.0.1/v?c", "expires_in": 60, "interval": 1 }""", 200,
            async (host, address) => [await host.GetAsync(new TokenRequest { Provider = "hostile", Authority = address, ClientId = "c", Grant = "urn:ietf:params:oauth:grant-type:device_code" })]),
        new("backchannel authentication", "POST", "/bc", """{ "auth_req_id": "r", "expires_in": 60, "interval": 1 }""", 200,
            async (host, address) => [await host.GetAsync(Request(address) with { Grant = "urn:openid:params:grant-type:ciba", ClientId = "c", Client = new() { Secret = Secret.From("the-secret") }, Input = new GrantInput { LoginHint = "ann" } })]),
        new("metadata", "GET", "/.well-known/openid-configuration",
            """{ "issuer": "ISSUER", "token_endpoint": "ISSUER/token", "jwks_uri": "ISSUER/jwks", "end_session_endpoint": "ISSUER/end", "scopes_supported": [ "s" ], "grant_types_supported": [ "g" ] }""", 200,
            async (host, address) => [.. await DiagnoseAsync(host, address)]),
        new("API keys", "GET", "/keys", """{ "items": [ { "id": "i", "name": "n", "scopes": [ "s" ], "description": "d", "created": "c" } ] }""", 200,
            async (host, address) => await host.Engine.ApiKeys.ListAsync(await SessionAsync(host, address), host.Log, Stop)),
        new("second factors", "GET", "/mfa", """{ "enabled": true, "methods": [ "m" ] }""", 200,
            async (host, address) => [await host.Engine.Mfa.StatusAsync(await SessionAsync(host, address), host.Log, Stop)]),
        new("enrolment", "POST", "/mfa", """{ "message": "m", "codes": [ "c" ] }""", 200,
            async (host, address) => [await host.Engine.Mfa.RegisterAsync(await SessionAsync(host, address), new MfaRegistration(MfaMethod.Email), host.Log, Stop)]),
        new("introspection", "POST", "/introspect", """{ "active": true, "sub": "s", "scope": "one", "client_id": "c", "iss": "i", "aud": [ "a" ], "token_type": "t", "username": "u", "extra": { "deep": [ "e" ] } }""", 200,
            async (host, address) => [await IntrospectAsync(host, address)]),
        new("revocation", "POST", "/revoke", """{ "error": "odd", "error_description": "d" }""", 400,
            async (host, address) =>
            {
                await SessionAsync(host, address);
                return [await host.RevokeAsync()];
            }),
    ];

    private static System.Threading.CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_a_server_sends_reaches_a_terminal_as_it_is()
    {
        int fields = 0;
        int texts = 0;
        int escaped = 0;
        var faults = new List<string>();
        foreach (Kind kind in Kinds)
        {
            foreach (string reply in Spoiled(kind.Reply))
            {
                fields++;
                foreach ((string place, string text) in await SeenAsync(kind, reply))
                {
                    texts++;
                    escaped += text.Contains("\\u001b[2J", StringComparison.Ordinal) ? 1 : 0;
                    Note(faults, kind.Name, reply, place, text);
                }
            }
        }

        foreach (string header in (string[])["Retry-After", "Server", "WWW-Authenticate", "X-Odd"])
        {
            // Servers of today cannot send controls in a header; letters of UTF-8 they can.
            fields++;
            Kind refusal = Kinds[1];
            foreach ((string place, string text) in await SeenAsync(refusal, refusal.Reply, header))
            {
                texts++;
                Note(faults, header, header, place, text);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        Assert.InRange(fields, 50, 1000);
        Assert.InRange(escaped, 40, texts); // Else the server's words are not there at all, and nothing was proved.
        Figures.Add("hostile server", $"{Hostile.Length} kinds of characters x {fields} fields of {Kinds.Length} kinds of replies, {texts} texts looked at, {escaped} with its words in them");
    }

    [Fact]
    public async Task Nothing_in_a_token_does_either()
    {
        string[] parts = ["""{ "alg": "RS256", "kid": "k", "typ": "JWT" }""", """{ "iss": "i", "sub": "s", "aud": [ "a", "b" ], "scope": "x y", "groups": [ "g" ], "name": "n", "address": { "city": "c" } }"""];
        int fields = 0;
        for (int part = 0; part < 2; part++)
        {
            foreach (string spoiled in Spoiled(parts[part]))
            {
                fields++;
                string token = string.Join('.', [Part(part == 0 ? spoiled : parts[0]), Part(part == 1 ? spoiled : parts[1]), "AAAA"]);
                DecodedToken decoded = JwtDecoder.Decode(token);
                var rules = new ValidationRules { Offline = true, Clock = TimeProvider.System };
                TokenTestResult tested = await new TokenValidator().ValidateAsync(token, rules, Stop);
                foreach ((string place, string text) in ShownTexts.Of(decoded).Concat(ShownTexts.Of(tested)))
                {
                    Assert.True(VisibleText.IsVisible(text), $"{place} of {spoiled}: {VisibleText.Of(text)}");
                }
            }
        }

        Figures.Add("hostile token", $"{Hostile.Length} kinds of characters x {fields} fields");
    }

    [Fact]
    public void A_condition_sees_what_the_token_says()
    {
        TokenCheck check = AuthModule.Validation.Checks.ConditionCheck.Run(
            claims => Equals(claims["sub"], All), new Dictionary<string, object?> { ["sub"] = All }, isAuthentic: true);
        Assert.True(check.Passed);
    }

    private static void Note(List<string> faults, string kind, string reply, string place, string text)
    {
        if (!VisibleText.IsVisible(text))
        {
            faults.Add($"{kind}, {VisibleText.Of(reply)}, {place}: {VisibleText.Of(text)}");
        }
    }

    private static string Part(string json) => Base64Url.Encode(Encoding.UTF8.GetBytes(json));

    // One reply for each text in it, names too.
    private static IEnumerable<string> Spoiled(string json)
    {
        int count = Texts(JsonNode.Parse(json)!, -1);
        for (int i = 0; i < count; i++)
        {
            JsonNode copy = JsonNode.Parse(json)!;
            Texts(copy, i);
            yield return copy.ToJsonString();
        }

        JsonNode named = JsonNode.Parse(json)!;
        named[All] = All;
        yield return named.ToJsonString();
    }

    private static int Texts(JsonNode node, int spoil, int seen = 0)
    {
        IEnumerable<(JsonNode? Value, Action<string> Set)> members = node switch
        {
            JsonObject o => o.Select(member => ((JsonNode?)member.Value, (Action<string>)(text => o[member.Key] = text))).ToArray(),
            JsonArray a => a.Select((item, at) => ((JsonNode?)item, (Action<string>)(text => a[at] = text))).ToArray(),
            _ => [],
        };
        foreach ((JsonNode? value, Action<string> set) in members)
        {
            if (value is JsonObject or JsonArray)
            {
                seen = Texts(value, spoil, seen);
            }
            else if (value?.GetValueKind() == JsonValueKind.String)
            {
                if (seen == spoil)
                {
                    set(value.GetValue<string>() + All);
                }

                seen++;
            }
        }

        return seen;
    }

    private async Task<List<(string Place, string Text)>> SeenAsync(Kind kind, string reply, string? header = null)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        string Named(string text) => text.Replace("ISSUER", server.Address, StringComparison.Ordinal);
        server.On("POST", "/token", Token)
            .On("GET", "/jwks", """{"keys":[]}""")
            .On(kind.Method, kind.Path, _ => new ScriptedReply(Named(reply), kind.Status)
            {
                Headers = header is null ? [] : [(header, "a\u00adb\u009bc")],
            });
        var host = new EngineHost(new HurriedClock());
        host.Engine.Providers.Register(file);
        var shown = new List<object>();
        try
        {
            shown.AddRange(await kind.Run(host, server.Address));
        }
        catch (AuthException failure)
        {
            shown.Add(failure);
            shown.Add(failure.ToJson());
        }

        if (host.Table.Current is { } session)
        {
            shown.Add(session);
        }

        return [.. shown.SelectMany(ShownTexts.Of), .. host.Log.Lines.Select(static line => ("log", line))];
    }

    private static TokenRequest Request(string address) => new()
    {
        Provider = "hostile",
        Authority = address,
        ClientId = "c",
        Input = new GrantInput { UserName = "ann", Password = Secret.From("open sesame") },
    };

    private static async Task<AuthSession> SessionAsync(EngineHost host, string address)
    {
        await host.GetAsync(Request(address));
        return host.Table.Current!;
    }

    private static async Task<TokenTestResult> IntrospectAsync(EngineHost host, string address) => await host.Engine.Tester.TestAsync(
        host.Table,
        new TokenTestRequest { Service = Request(address), Introspect = true, Rules = new ValidationRules() },
        "opaque",
        host.Log,
        Stop);

    private static async Task<List<ServiceCheck>> DiagnoseAsync(EngineHost host, string address)
    {
        var diagnosis = new ServiceDiagnosis(host.Engine, new TokenRequest { Authority = address, Provider = "oidc" }, host.Log);
        var checks = new List<ServiceCheck>();
        while (await diagnosis.NextAsync(Stop) is { } check)
        {
            checks.Add(check);
        }

        return checks;
    }
}
