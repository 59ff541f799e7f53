using System;
using System.Globalization;
using AuthModule.Text;

namespace AuthModule.Cli.Output;

/// <summary>Values as people read them.</summary>
internal static class Cells
{
    /// <summary>Without what would steer a terminal: names come from servers and files.</summary>
    public static string Plain(string? text) => text is null ? string.Empty : DisplayText.Text(text);

    /// <summary>By this machine's clock and zone; empty for what does not end.</summary>
    public static string Time(DateTimeOffset? time) => time is null || time == DateTimeOffset.MaxValue
        ? string.Empty
        : time.Value.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Left(DateTimeOffset? endsOn, TimeSpan? left) => (endsOn, left) switch
    {
        (null, _) or (_, null) => string.Empty,
        ({ } end, _) when end == DateTimeOffset.MaxValue => "does not end",
        (_, { } span) when span < TimeSpan.Zero => "ended",
        (_, { } span) => span.TotalDays >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span.Hours:00}:{span.Minutes:00}")
            : span.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture),
    };
}
