using System;
using System.Globalization;

namespace AuthModule.Text;

/// <summary>Durations as users and services write them: a number and one of s, m, h, d, w, y.</summary>
internal static class DurationText
{
    /// <summary>Null where it is none, or not above zero.</summary>
    public static TimeSpan? Read(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length >= 2
            && Unit(trimmed[trimmed.Length - 1]) is { } unit
            && long.TryParse(trimmed.Substring(0, trimmed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count > 0
            && count <= TimeSpan.MaxValue.Ticks / unit.Ticks
            ? TimeSpan.FromTicks(unit.Ticks * count)
            : null;
    }

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
