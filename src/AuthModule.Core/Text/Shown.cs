using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using AuthModule.Errors;

namespace AuthModule.Text;

/// <summary>How values of a token appear in reasons: short, and without what would steer a terminal.</summary>
internal static class DisplayText
{
    private const int MaxCharacters = 100;

    public static string Text(string text) => VisibleText.Shortened(text, MaxCharacters);

    public static string List(IReadOnlyList<string> items, string separator = " ")
    {
        if (items.Count == 1)
        {
            return Text(items[0]);
        }

        var shown = new StringBuilder();
        for (int i = 0; i < items.Count && shown.Length <= MaxCharacters; i++)
        {
            shown.Append(i == 0 ? string.Empty : separator).Append(items[i]);
        }

        return Text(shown.ToString());
    }

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The two largest units: <c>12 minutes 3 seconds</c>.</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        return span switch
        {
            { TotalDays: >= 1 } => Units(span.Days, "day", span.Hours, "hour"),
            { TotalHours: >= 1 } => Units(span.Hours, "hour", span.Minutes, "minute"),
            { TotalMinutes: >= 1 } => Units(span.Minutes, "minute", span.Seconds, "second"),
            _ => Unit(span.Seconds, "second"),
        };
    }

    private static string Units(int large, string largeName, int small, string smallName) =>
        small == 0 ? Unit(large, largeName) : Unit(large, largeName) + " " + Unit(small, smallName);

    private static string Unit(int count, string name) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + name + (count == 1 ? string.Empty : "s");
}
