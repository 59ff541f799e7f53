using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Json;
using AuthModule.Providers;

namespace AuthModule.Operations;

/// <summary>A reply without a token that asks for a second factor, as services in wide use do, and the methods that it offers.</summary>
internal static class SecondFactorAsked
{
    private static readonly string[] Containers = ["", "data.", "result.", "response.", "error."];

    private static readonly string[] Flags =
    [
        "mfa_required", "mfaRequired", "requires_mfa", "mfa_enabled_required", "two_factor_required", "twoFactorRequired", "two_factor", "requires_2fa", "require2fa",
        "requiresTwoFactor", "otp_required", "otpRequired", "requires_otp", "NeedTFA", "totp_required",
    ];

    private static readonly string[] Challenges =
        ["challenge_id", "challengeId", "mfa_token", "mfaToken", "mfa_challenge", "mfaChallenge", "stateToken", "state_token", "ChallengeName", "two_factor_token", "twoFactorToken", "tfa_challenge"];

    private static readonly string[] Methods =
        ["available_methods", "availableMethods", "mfa_methods", "mfaMethods", "methods", "supported_methods", "challenge_types", "factors", "_embedded.factors", "authenticators", "mfa_types", "providers"];

    private static readonly string[] MethodNames = ["type", "method", "factorType", "authenticator_type", "name", "id"];

    /// <summary>Whether it does.</summary>
    public static bool In(ReplyDocument document) =>
        document.Root is { ValueKind: JsonValueKind.Object } root
        && (Containers.Any(container => Flags.Any(flag => JsonPath.Find(root, container + flag) is { } value && Conditions.IsThere(value)))
            || Containers.Any(container => Challenges.Any(name => JsonPath.Find(root, container + name) is { ValueKind: JsonValueKind.String } value && Conditions.IsThere(value))));

    /// <summary>The methods at the usual places; empty where none are said.</summary>
    public static IReadOnlyList<string> MethodsIn(ReplyDocument document) => document.Root is not { ValueKind: JsonValueKind.Object } root
        ? []
        : Containers.SelectMany(container => Methods.Select(name => JsonPath.Find(root, container + name)))
            .Where(value => value is not null)
            .Select(value => Read(value!.Value))
            .FirstOrDefault(methods => methods.Count > 0) ?? [];

    /// <summary>The methods at a described place.</summary>
    public static IReadOnlyList<string> MethodsAt(ReplyDocument document, ReplyPlaces places) => document.Find(places) is { } value ? Read(value) : [];

    private static IReadOnlyList<string> Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Name).OfType<string>().Distinct()],
        JsonValueKind.String => value.GetString()!.Split([' ', ','], System.StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };

    private static string? Name(JsonElement item) =>
        item.ValueKind == JsonValueKind.String ? item.GetString() : JsonPath.Text(item, MethodNames);
}
