using System.Collections.Generic;
using System.Text.Json;

namespace AuthModule.Cli.Server;

/// <summary>The claim that binds a token to a key (RFC 9449, section 6.1).</summary>
internal static class TokenBinding
{
    public const string Claim = "cnf";

    public static IReadOnlyDictionary<string, object?> To(string thumbprint) => new Dictionary<string, object?> { ["jkt"] = thumbprint };

    /// <summary>The thumbprint; null for a bearer token.</summary>
    /// <param name="claims">As they were issued, or as a store gives them back.</param>
    public static string? Of(IReadOnlyDictionary<string, object?> claims) => claims.GetValueOrDefault(Claim) switch
    {
        IReadOnlyDictionary<string, object?> members => members.GetValueOrDefault("jkt") as string,
        JsonElement { ValueKind: JsonValueKind.Object } stored when stored.TryGetProperty("jkt", out JsonElement thumbprint) => thumbprint.GetString(),
        _ => null,
    };

    public static string TypeOf(IReadOnlyDictionary<string, object?> claims) => Of(claims) is null ? "Bearer" : "DPoP";
}
