using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Requests;

namespace AuthModule.AssertionSources;

/// <summary>Turns the text of <c>-AssertionSource</c> into a source. A new one is a file and a line here.</summary>
internal static class AssertionSourceReader
{
    private static readonly Dictionary<string, Func<string?, IAssertionSource>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["file"] = path => new FileAssertionSource(path ?? throw AuthError.Missing("-AssertionSource file:PATH", "the path of the file with the assertion")),
        ["kubernetes"] = path => new KubernetesAssertionSource(path),
        ["github"] = audience => new GitHubAssertionSource(audience),
        ["azure-pipelines"] = connection => new AzurePipelinesAssertionSource(connection),
    };

    /// <summary>Those that a place has without being told where.</summary>
    public static IEnumerable<string> Platforms => Known.Keys.Where(static name => name != "file");

    /// <summary>A name, or a name, a colon and what it takes: <c>file:PATH</c>, <c>github:AUDIENCE</c>.</summary>
    /// <exception cref="ConfigurationException">MissingParameter, InvalidRequest.</exception>
    public static IAssertionSource Read(string text)
    {
        int colon = text.IndexOf(':');
        string name = (colon < 0 ? text : text.Substring(0, colon)).Trim();
        string? rest = colon < 0 || colon == text.Length - 1 ? null : text.Substring(colon + 1).Trim();
        return Known.TryGetValue(name, out Func<string?, IAssertionSource>? make)
            ? make(rest)
            : throw AuthError.Create(
                AuthErrorId.InvalidRequest,
                $"-AssertionSource '{name}' is not known{NearName.Hint(name, Known.Keys)}.",
                $"Use one of {string.Join(", ", Known.Keys)} (file:PATH), or a scriptblock that returns the assertion.");
    }
}
