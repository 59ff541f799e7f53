using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Cli.Arguments;

/// <summary>Options of the few kinds that there are. Their faults never quote what was typed.</summary>
internal static class NewOption
{
    public static Option<bool> Flag(string name, string help) => new(name) { Description = help, Arity = ArgumentArity.Zero };

    public static Option<string?> Text(string name, string value, string help, params string[] aliases) =>
        new(name, aliases) { Description = help, HelpName = value };

    /// <summary>Given once per value.</summary>
    public static Option<string[]> Texts(string name, string value, string help) =>
        new(name) { Description = help + " Repeatable.", HelpName = value, DefaultValueFactory = static _ => [] };

    public static Option<int?> Number(string name, string help, int least) =>
        new(name)
        {
            Description = help,
            HelpName = "N",
            CustomParser = result =>
                int.TryParse(Single(result), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
                    ? number
                    : Refuse<int?>(result, $"{name} takes a whole number, {least} or more."),
        };

    /// <summary>Seconds, or a number with one of s, m, h, d, w, y.</summary>
    public static Option<TimeSpan?> Time(string name, string help) =>
        new(name)
        {
            Description = help,
            HelpName = "TIME",
            CustomParser = result => ReadTime(Single(result)) ?? Refuse<TimeSpan?>(result, $"{name} takes seconds, or a number and one of s, m, h, d, w, y: 90, 30m, 12h."),
        };

    public static Option<T> Choice<T>(string name, string help, T standard, IReadOnlyDictionary<string, T> choices)
    {
        string names = string.Join(", ", choices.Keys);
        return new(name)
        {
            Description = help,
            HelpName = string.Join('|', choices.Keys),
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
                choices.FirstOrDefault(choice => string.Equals(choice.Key, Single(result), StringComparison.OrdinalIgnoreCase)) is { Key: not null } chosen
                    ? chosen.Value
                    : Refuse<T>(result, $"{name} takes one of {names}.{AuthModule.Cli.Output.Nearest.Question(Single(result).ToLowerInvariant(), choices.Keys)}"),
        };
    }

    /// <summary>The same without a standard: null where it is not given.</summary>
    public static Option<T?> OptionalChoice<T>(string name, string help, IReadOnlyDictionary<string, T> choices)
        where T : struct =>
        Choice<T?>(name, help, null, choices.ToDictionary(static choice => choice.Key, static choice => (T?)choice.Value));

    /// <summary><c>name=value</c>, given once per pair; the values of one name together.</summary>
    public static Option<ILookup<string, string>> Pairs(string name, string help, Func<string, string?>? refuseName = null) =>
        new(name)
        {
            Description = help + " Repeatable.",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = static _ => ReadPairs([])!,
            CustomParser = result =>
            {
                if (ReadPairs(result.Tokens.Select(static token => token.Value)) is not { } pairs)
                {
                    return Refuse<ILookup<string, string>>(result, $"{name} takes NAME=VALUE.");
                }

                string? fault = pairs.Select(pair => refuseName?.Invoke(pair.Key)).FirstOrDefault(static fault => fault is not null);
                return fault is null ? pairs : Refuse<ILookup<string, string>>(result, $"{name} {fault}");
            },
        };

    private static ILookup<string, string>? ReadPairs(IEnumerable<string> texts)
    {
        var pairs = texts.Select(static text => text.Split('=', 2)).ToList();
        return pairs.All(static pair => pair.Length == 2 && pair[0].Length > 0)
            ? pairs.ToLookup(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase)
            : null;
    }

    private static TimeSpan? ReadTime(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        try
        {
            return Duration.Parse(text, string.Empty);
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    private static string Single(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;

    private static T? Refuse<T>(ArgumentResult result, string fault)
    {
        result.AddError(fault);
        return default;
    }
}
