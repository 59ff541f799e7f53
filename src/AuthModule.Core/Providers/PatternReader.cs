using System;
using System.Text.RegularExpressions;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Regular expressions in descriptions: checked when read, bounded when used.</summary>
internal static class PatternReader
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(200);

    public static string? Check(LocatedObject source, string name)
    {
        string? pattern = source.Text(name);
        if (pattern is not null)
        {
            _ = Compile(source, name, pattern);
        }

        return pattern;
    }

    public static Regex? Read(LocatedObject source, string name) =>
        source.Text(name) is { } pattern ? Compile(source, name, pattern) : null;

    public static bool Matches(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, Bound);

    private static Regex? Compile(LocatedObject source, string name, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Bound);
        }
        catch (ArgumentException)
        {
            source.Report(name, $"'{pattern}' is not a regular expression");
            return null;
        }
    }
}
