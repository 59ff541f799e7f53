using System;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Requests;

/// <summary>Durations that a call gives.</summary>
internal static class Duration
{
    /// <exception cref="ConfigurationException">InvalidDuration.</exception>
    public static TimeSpan Parse(string text, string parameter) =>
        DurationText.Read(text) ?? throw AuthError.Create(AuthErrorId.InvalidDuration, $"{parameter} '{text}' is not a duration.");

    /// <exception cref="ConfigurationException">InvalidDuration: below zero.</exception>
    public static TimeSpan NotNegative(TimeSpan span, string parameter) => span >= TimeSpan.Zero
        ? span
        : throw AuthError.Create(AuthErrorId.InvalidDuration, $"{parameter} '{span:c}' is below zero.", "Give a duration of zero or more: 300 (seconds), 30m, 00:05:00.");
}
