using System;
using System.Globalization;
using AuthModule.Errors;

namespace AuthModule.Requests;

/// <summary>Durations as users and services write them: a number and one of s, m, h, d, w, y.</summary>
internal static class Duration
{
    /// <exception cref="ConfigurationException">InvalidDuration.</exception>
    public static TimeSpan Parse(string text, string parameter)
    {
        string trimmed = text.Trim();
        if (trimmed.Length >= 2
            && Unit(trimmed[trimmed.Length - 1]) is { } unit
            && long.TryParse(trimmed.Substring(0, trimmed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count > 0
            && count <= TimeSpan.MaxValue.Ticks / unit.Ticks)
        {
            return TimeSpan.FromTicks(unit.Ticks * count);
        }

        throw AuthError.Create(AuthErrorId.InvalidDuration, $"{parameter} '{text}' is not a duration.");
    }

    /// <exception cref="ConfigurationException">InvalidDuration: below zero.</exception>
    public static TimeSpan NotNegative(TimeSpan span, string parameter) => span >= TimeSpan.Zero
        ? span
        : throw AuthError.Create(AuthErrorId.InvalidDuration, $"{parameter} '{span:c}' is below zero.", "Give a duration of zero or more: 300 (seconds), 30m, 00:05:00.");

    private static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        'y' => TimeSpan.FromDays(365),
        _ => null,
    };
}
