using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json;
using AuthModule.Secrets;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Recording;

/// <summary>Shows the names of what was sent, and only those values that are known to be harmless.</summary>
internal static class RequestMask
{
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "grant_type", "client_id", "username", "email", "scope", "resource", "audience", "token_type_hint", "token-duration",
        "redirect_uri", "response_type", "code_challenge_method", "client_assertion_type", "subject_token_type",
        "requested_token_type", "actor_token_type", "prompt", "login_hint", "name", "scopes", "description", "expires_at",
        "app_name", "issuer", "method_type", "remember_device", "type", "id_token_hint_type", "response_mode", "max_age", "answer",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Value(string name, string value) => Harmless.Contains(name) ? value : Secret.Mask;

    /// <summary>Some services take a key as the last part of an address.</summary>
    public static string Path(string path) =>
        string.Join('/', path.Split('/').Select(static part => part.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal) ? Secret.Mask : part));

    /// <summary>The form with its own encoding, values masked in their places.</summary>
    public static string Form(string body) =>
        string.Join('&', body.Split('&').Select(static part =>
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 || Harmless.Contains(WebUtility.UrlDecode(part[..equals])) ? part : part[..(equals + 1)] + Secret.Mask;
        }));

    public static IReadOnlyList<ServedField> FormFields(string body) => body.Length == 0
        ? []
        : [.. body.Split('&').Select(static part =>
        {
            string[] pair = part.Split('=', 2);
            string name = WebUtility.UrlDecode(pair[0]);
            return new ServedField(name, Value(name, pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : string.Empty));
        })];

    public static IReadOnlyList<ServedField> JsonFields(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(static member => new ServedField(member.Name, Value(member.Name, member.Value.ToString())))]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
