using System;
using System.Collections.Generic;
using System.Text.Json;
using AuthModule.Platform;

namespace AuthModule.Cli.Helpers;

/// <summary>What kubectl and client-go read from an exec plugin: an ExecCredential of the version that they ask for.</summary>
internal static class ExecCredential
{
    private const string Group = "client.authentication.k8s.io/";
    private const string Current = Group + "v1";
    private const string Former = Group + "v1beta1";

    public static Dictionary<string, object?> Of(TokenChoice choice, IEnvironment environment) => new()
    {
        ["apiVersion"] = VersionOf(environment),
        ["kind"] = "ExecCredential",
        ["status"] = new Dictionary<string, object?>
        {
            ["token"] = choice.Text,
            ["expirationTimestamp"] = choice.ExpiresOn?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        },
    };

    /// <summary>False where the caller says that no person is there to answer.</summary>
    public static bool IsInteractive(IEnvironment environment) =>
        Info(environment) is not { } info || !info.TryGetProperty("spec", out JsonElement spec)
        || !spec.TryGetProperty("interactive", out JsonElement interactive) || interactive.ValueKind != JsonValueKind.False;

    private static string VersionOf(IEnvironment environment) =>
        Info(environment) is { } info && info.TryGetProperty("apiVersion", out JsonElement version) && version.ValueEquals(Former) ? Former : Current;

    private static JsonElement? Info(IEnvironment environment)
    {
        try
        {
            return environment.Get("KUBERNETES_EXEC_INFO") is { } text && JsonSerializer.Deserialize<JsonElement>(text) is { ValueKind: JsonValueKind.Object } info ? info : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
