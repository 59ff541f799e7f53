using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Cli.Helpers;

/// <summary>A configuration file of curl (<c>curl --config -</c>): the headers in it are in no list of processes.</summary>
internal static class CurlConfig
{
    public static IEnumerable<string> Of(IDictionary headers) => headers
        .Cast<DictionaryEntry>()
        .OrderBy(static header => (string)header.Key, StringComparer.Ordinal)
        .Select(static header => $"header = \"{Escape($"{header.Key}: {header.Value}")}\"");

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);
}
