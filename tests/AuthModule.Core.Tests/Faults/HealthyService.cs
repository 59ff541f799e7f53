using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using AuthModule.TestKit.Jwts;

namespace AuthModule.Core.Tests.Faults;

/// <summary>What a service that works answers: an OpenID server, a JSON login service with API keys and second factors, and an API.</summary>
internal static class HealthyService
{
    public const string KeyId = "k1";

    /// <summary>Of every secret that it hands out: none may show up in an error.</summary>
    public const string Canary = "canary-7f3a";

    private static readonly Dictionary<string, Func<string, string>> Answers = new(StringComparer.Ordinal)
    {
        ["/.well-known/openid-configuration"] = Metadata,
        ["/keys"] = _ => Encoding.UTF8.GetString(SigningKey.Set(TestIssuer.Shared.Ec256.Jwk(KeyId))),
        ["/token"] = _ => Tokens(),
        ["/again"] = _ => Tokens().Replace("refresh_token", "no_token", StringComparison.Ordinal),
        ["/device"] = Device,
        ["/par"] = _ => $$"""{"request_uri":"urn:{{Canary}}:r1","expires_in":90}""",
        ["/backchannel"] = _ => $$"""{"auth_req_id":"{{Canary}}-request","interval":1,"expires_in":600}""",
        ["/confirmed"] = _ => Tokens().Replace("{", "{\"id_token\":\"e30.e30.\",", StringComparison.Ordinal),
        ["/platform"] = _ => $$"""{"count":1,"value":"{{Canary}}-assertion"}""",
        ["/metadata/identity/oauth2/token"] = _ => Tokens(),
        ["/revoke"] = _ => "{}",
        ["/introspect"] = _ => """{"active":true,"client_id":"c1","sub":"ann","scope":"orders.read"}""",
        ["/orders"] = _ => """{"orders":[]}""",
        ["/api/v1/auth/login"] = _ => Tokens(),
        ["/api/v1/auth/refresh"] = _ => Tokens(),
        ["/api/v1/auth/logout"] = _ => "{}",
        ["/api/v1/api-keys"] = _ => $$"""{"id":"key1","name":"nightly","api_key":"{{Canary}}-key","api_keys":[{"id":"key1","name":"nightly"}]}""",
        ["/api/v1/api-keys/key1"] = _ => "{}",
        ["/api/v1/api-keys/key1/regenerate"] = _ => $$"""{"id":"key1","api_key":"{{Canary}}-key-2"}""",
        ["/api/v1/mfa/totp/setup"] = _ => """{"secret":"JBSWY3DPEHPK3PXP","otpauth_uri":"otpauth://totp/x:ann?secret=JBSWY3DPEHPK3PXP&issuer=x"}""",
        ["/api/v1/mfa/totp/verify"] = _ => """{"status":"enabled"}""",
        ["/api/v1/mfa/status"] = _ => """{"mfa_enabled":true,"active_methods":["totp"],"backup_codes_remaining":7}""",
    };

    private static int issued;

    public static bool Knows(string path) => Answers.ContainsKey(path);

    public static string Answer(FaultRequest request, string origin) =>
        Answers.TryGetValue(request.Path, out Func<string, string>? answer) ? answer(origin) : "{}";

    private static string Tokens()
    {
        int number = Interlocked.Increment(ref issued);
        return $$"""{"access_token":"at-{{Canary}}-{{number}}","refresh_token":"rt-{{Canary}}-{{number}}","token_type":"Bearer","expires_in":86400}""";
    }

    private static string Device(string origin) =>
        $$"""{"device_code":"dc-{{Canary}}","user_code":"ABCD-EFGH","verification_uri":"{{origin}}/code","interval":1,"expires_in":600}""";

    private static string Metadata(string origin) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["issuer"] = origin,
        ["authorization_endpoint"] = origin + "/authorize",
        ["token_endpoint"] = origin + "/token",
        ["device_authorization_endpoint"] = origin + "/device",
        ["pushed_authorization_request_endpoint"] = origin + "/par",
        ["revocation_endpoint"] = origin + "/revoke",
        ["introspection_endpoint"] = origin + "/introspect",
        ["jwks_uri"] = origin + "/keys",
        ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "client_secret_post", "none" },
    });
}
