using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Discovery;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Jose.Keys;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Tokens;
using AuthModule.Validation;
using AuthModule.Validation.Introspection;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>Bodies of replies.</summary>
internal static class ReplyTargets
{
    private const string Origin = "https://id.example.com";

    private static readonly ManualTimeProvider Clock = new();
    private static readonly Service Service = new EngineHost().Engine.Resolve(new TokenRequest { Authority = Origin, ClientId = "c1" }).Service;
    private static readonly Service Json = new EngineHost().Engine.Resolve(new TokenRequest { Provider = "pynomaly", Authority = Origin }).Service;
    private static readonly Service ManagedIdentity = new EngineHost().Engine.Resolve(new TokenRequest { Provider = "azure-managed-identity-vm", Resources = ["https://vault.example/"] }).Service;
    private static readonly string SignedToken = TestIssuer.Shared.Token(Clock, "ES256");
    private static readonly string[] ApiSeeds =
    [
        """{"api_keys":[{"id":"k1","api_key":"ak","name":"n","scopes":["a"],"created_at":"2026-01-01T00:00:00Z","expires_at":1790000000,"is_active":true}],"mfa_enabled":true,"backup_codes":["1","2"]}""",
        """[{"key_id":7,"key":"ak","created_at":1790000000000}]""",
    ];

    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfBytes(
            "token reply",
            [
                U("""{"access_token":"a1","refresh_token":"r1","token_type":"Bearer","expires_in":3600,"scope":"a b","id_token":"x"}"""),
                U($$"""{"access_token":"{{SignedToken}}","expires_at":"2026-12-01T00:00:00Z","token_type":"DPoP"}"""),
                U("""{"data":{"access_token":"a1","exp":1790000000000},"access_token":"a","expires_at":1790000000,"sub":7}"""),
            ],
            ReadTokens,
            AuthErrorId.MalformedResponse),
        FuzzTarget.OfBytes("token reply of a JSON service", [U("""{"access_token":"a1","refresh_token":"r1","token_type":"bearer","expires_in":"3600"}""")], body => ReadTokens(body, Json), AuthErrorId.MalformedResponse),
        FuzzTarget.OfBytes(
            "token reply of a managed identity",
            [U("""{"access_token":"a1","expires_on":"1790000000","resource":"https://vault.example/","token_type":"Bearer","client_id":"c1"}"""), U("""{"access_token":"a1","expires_on":"2026-12-01T00:00:00+00:00","expires_in":"86399"}""")],
            body => ReadTokens(body, ManagedIdentity),
            AuthErrorId.MalformedResponse),
        FuzzTarget.OfBytes(
            "OAuth error reply",
            [
                U("""{"error":"invalid_grant","error_description":"no","error_uri":"https://id.example.com/e"}"""),
                U("""{"detail":[{"loc":["body","username"],"msg":"field required","type":"x"}]}"""),
                U("""{"type":"about:blank","title":"Locked","status":423,"detail":{"code":"mfa_required","message":"m"}}"""),
            ],
            body => RequireKnown(ReplyErrors.Read(ReplyDocument.Read(Reply(body, 400)), Json.Description.Errors, Call(Json))),
            [.. typeof(AuthErrorId).GetFields().Select(static id => id.Name)]),
        FuzzTarget.OfBytes("discovery", [U(Metadata)], body => MetadataReader.Read(Reply(body), new MetadataQuery { Authority = Origin, Service = Origin }), AuthErrorId.MalformedResponse, AuthErrorId.DiscoveryFailed),
        FuzzTarget.OfBytes(
            "device authorization",
            [U("""{"device_code":"d1","user_code":"ABCD-EFGH","verification_uri":"https://id.example.com/code","verification_uri_complete":"https://id.example.com/code?c=1","interval":5,"expires_in":600}""")],
            body =>
            {
                WireReply reply = Reply(body);
                DeviceAuthorization.Read(reply, JsonReply.Read(reply), Service);
            },
            AuthErrorId.MalformedResponse,
            AuthErrorId.DiscoveryFailed),
        new("JWKS", [TestIssuer.Shared.Jwks], ReadKeysAsync) { Ids = [AuthErrorId.MalformedResponse], Share = 0.5 },
        new("introspection reply", [U("""{"active":true,"sub":"ann","exp":1790000000,"scope":"a b","aud":["orders"],"cnf":{"jkt":"x"},"client_id":"c1"}""")], IntrospectAsync) { Ids = [AuthErrorId.MalformedResponse] },
        FuzzTarget.OfBytes("API key and second factor replies", [.. Array.ConvertAll(ApiSeeds, U)], ReadResult, AuthErrorId.MalformedResponse),
    ];

    private const string Metadata = """
        {"issuer":"https://id.example.com","token_endpoint":"https://id.example.com/token","jwks_uri":"https://id.example.com/keys","authorization_endpoint":"https://id.example.com/authorize",
        "mtls_endpoint_aliases":{"token_endpoint":"https://id.example.com/mtls/token"},"token_endpoint_auth_methods_supported":["client_secret_basic",1],"op_policy_uri":"x"}
        """;

    internal static WireReply Reply(byte[] body, int status = 200, HttpResponseMessage? response = null) => ReplyHeaders.Read(
        new WireRequest("request", Origin, HttpMethod.Post, new Uri(Origin + "/token")),
        response ?? new HttpResponseMessage((System.Net.HttpStatusCode)status),
        body,
        Clock.GetTimestamp(),
        Clock);

    private static byte[] U(string text) => Encoding.UTF8.GetBytes(text);

    private static void ReadTokens(byte[] body) => ReadTokens(body, Service);

    private static void ReadTokens(byte[] body, Service service)
    {
        WireReply reply = Reply(body);
        TokenSet tokens = TokenReplyReader.Read(ReplyDocument.Read(reply), service.Description.Reply, new TokenReplyContext(Clock, "client_credentials"));

        // What comes out is fit for a header and for the arithmetic of lifetimes.
        Assert.All(tokens.TokenType + tokens.AccessToken.Reveal(), static c => Assert.InRange(c, ' ', '~'));
        _ = tokens.Remaining;
    }

    // What the service's own words lead to is a refusal; what they cannot be read from is one by its status.
    private static void RequireKnown(AuthException error)
    {
        if (error.Message.Any(char.IsControl))
        {
            throw new InvalidOperationException("Control characters in an error: " + error.Message);
        }

        if (error.OAuthError is null && error.OAuthErrorDescription is null)
        {
            throw error;
        }
    }

    private static OperationCall Call(Service service) => new()
    {
        Name = "password",
        Title = "token request",
        Service = service,
        Operation = new OperationDescription(),
        Fill = static _ => { },
    };

    // A set that can be read is used too: strange keys must not break the check of a token.
    private static async Task ReadKeysAsync(byte[] body)
    {
        KeySet keys = JwkReader.TryReadSet(body, TestIssuer.Name, TestIssuer.Name) ?? throw JsonReply.Malformed(Reply(body), "no JWK Set");
        var rules = new ValidationRules { Keys = new FixedKeySource(keys), Audiences = [TestIssuer.Audience], Clock = Clock };
        await new TokenValidator().ValidateAsync(SignedToken, rules, CancellationToken.None);
    }

    private static async Task IntrospectAsync(byte[] body)
    {
        var introspector = new Introspector((_, _) => Task.FromResult(JsonReply.Read(Reply(body))), Origin);
        await introspector.TestAsync("token-1", new ValidationRules { Clock = Clock }, NoLog.Instance, CancellationToken.None);
    }

    private static void ReadResult(byte[] body)
    {
        WireReply reply = Reply(body);
        JsonElement json = JsonReply.TryRead(reply, out string fault, allowList: true) ?? throw JsonReply.Malformed(reply, fault);
        foreach (string operation in new[] { "apiKeyList", "apiKeyCreate", "mfaStatus", "mfaRegisterTotp" })
        {
            var result = new ReplyResult(json, Json.Description.Operation(operation)!);
            foreach (ReplyResult item in (IEnumerable<ReplyResult>)[result, .. result.Items()])
            {
                foreach (string name in new[] { "id", "key", "scopes", "createdOn", "expiresOn", "isActive", "methods", "backupCodes", "backupCodesLeft", "secret", "uri", "enabled" })
                {
                    _ = (item.Text(name), item.Texts(name).Count, item.Flag(name), item.Number(name), item.Time(name));
                }
            }
        }
    }
}
