using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AuthModule.Package;

/// <summary>AuthModule.psd1 as it stands in the sources, read without PowerShell: values are literals in single quotes.</summary>
internal sealed partial class ModuleManifest
{
    private readonly string text;
    private readonly string root;

    private ModuleManifest(string text, string root)
    {
        this.text = text;
        this.root = root;
    }

    /// <summary>Files that the manifest names and that are sources, such as scripts: relative, with slashes.</summary>
    public IReadOnlyList<string> NamedFiles =>
        [.. Literal().Matches(WithoutComments).Select(match => match.Groups[1].Value).Where(IsSource).Distinct(StringComparer.Ordinal)];

    private string WithoutComments => Comment().Replace(text, string.Empty);

    public static ModuleManifest Read(SourceTree sources)
    {
        var manifest = new ModuleManifest(File.ReadAllText(sources.Manifest).ReplaceLineEndings("\n"), sources.Root);
        string version = manifest.Value("ModuleVersion");
        return version == sources.Version
            ? manifest
            : throw new PackingException($"AuthModule.psd1 says ModuleVersion {version}, Directory.Build.props Version {sources.Version}: make them equal.");
    }

    /// <exception cref="PackingException">The manifest has no such entry.</exception>
    public string Value(string name) => Entry(name, "'((?:[^']|'')*)'").Groups[1].Value.Replace("''", "'", StringComparison.Ordinal);

    /// <summary>The items of a list; empty when the manifest has no such entry.</summary>
    public IReadOnlyList<string> Values(string name) =>
        Find(name, @"@\(([^)]*)\)") is { Success: true } list ? [.. Literal().Matches(list.Groups[1].Value).Select(match => match.Groups[1].Value)] : [];

    /// <summary>The whole of it.</summary>
    public string Text => text;

    private bool IsSource(string value) =>
        value.Contains('.', StringComparison.Ordinal) && !value.StartsWith("lib/", StringComparison.Ordinal) && File.Exists(Path.Combine(root, value));

    private Match Entry(string name, string value) =>
        Find(name, value) is { Success: true } found ? found : throw new PackingException($"AuthModule.psd1 has no {name} as the packing reads it.");

    private Match Find(string name, string value) => Regex.Match(text, $"^ *{name} *= *{value}", RegexOptions.Multiline);

    [GeneratedRegex("'([^'\n]*)'")]
    private static partial Regex Literal();

    [GeneratedRegex("^ *#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
