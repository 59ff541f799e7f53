using System;
using System.Text.Json;

namespace AuthModule.Json;

/// <summary>Durations in replies of the sign-in's first half.</summary>
internal static class JsonNumber
{
    private const double Longest = 365 * 24 * 60 * 60;

    /// <summary>Null when it is not there, not a number, or not above zero; never longer than a year.</summary>
    public static TimeSpan? Seconds(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest))
            : null;
}
