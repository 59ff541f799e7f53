using System;
using System.Globalization;
using System.Xml;
using AuthModule.Providers;

namespace AuthModule.Tokens;

/// <summary>Durations and points in time as services write them.</summary>
internal static class LifetimeText
{
    // Numbers above this are milliseconds: in seconds they would be after the year 5000.
    private const double SmallestMilliseconds = 1e11;

    // Longer than any of them, and far from where arithmetic ends.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    /// <summary>Null where it is no duration, or none above zero.</summary>
    public static TimeSpan? Duration(string text, TimeUnit unit)
    {
        text = text.Trim();
        if (Number(text) is { } number)
        {
            return Positive(number * SecondsOf(unit));
        }

        if (text.Length > 1 && Number(text.Substring(0, text.Length - 1).TrimEnd()) is { } count && UnitOf(text[text.Length - 1]) is { } seconds)
        {
            return Positive(count * seconds);
        }

        if (HoursMinutesSeconds(text) is { } clock)
        {
            return Positive(clock);
        }

        if (text.IndexOf(':') > 0 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            return Positive(span.TotalSeconds);
        }

        return text.StartsWith('P') ? Iso8601(text) : null;
    }

    /// <summary>Null where it is no time.</summary>
    public static DateTimeOffset? PointInTime(string text, TimeUnit unit, string? format = null)
    {
        text = text.Trim();
        if (format is not null && DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset formatted))
        {
            return formatted;
        }

        if (Number(text) is { } number)
        {
            if (unit == TimeUnit.Text)
            {
                return null;
            }

            bool isMilliseconds = unit == TimeUnit.Milliseconds || (unit == TimeUnit.Auto && number >= SmallestMilliseconds);
            double seconds = isMilliseconds ? number / 1000 : number;
            return seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }

    private static double SecondsOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Milliseconds => 0.001,
        TimeUnit.Minutes => 60,
        TimeUnit.Hours => 3600,
        TimeUnit.Days => 86400,
        _ => 1,
    };

    private static double? UnitOf(char letter) => letter switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        'w' => 7 * 86400,
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) && !double.IsInfinity(number) ? number : null;

    // More than a day of hours too, such as 364:33:47; the framework would take 30:12:00 for days and hours.
    private static double? HoursMinutesSeconds(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 3 && Whole(parts[0]) is { } hours && Whole(parts[1]) is < 60 and { } minutes && Whole(parts[2]) is < 60 and { } seconds
            ? (hours * 3600) + (minutes * 60) + seconds
            : null;
    }

    private static double? Whole(string text) => double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static TimeSpan? Positive(double seconds) =>
        !(seconds > 0) ? null : seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);

    private static TimeSpan? Iso8601(string text)
    {
        try
        {
            return Positive(XmlConvert.ToTimeSpan(text).TotalSeconds);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException)
        {
            return null;
        }
    }
}
