using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace AuthModule.Package;

/// <summary>Which restored package each library of the module comes from.</summary>
internal static class PackedLibraries
{
    /// <param name="assets">project.assets.json of the project that the module was laid out from.</param>
    /// <param name="lib">The module's folder with a folder for each framework in it.</param>
    /// <returns>Ordered by name and version.</returns>
    /// <exception cref="PackingException">A library comes from no package: what it is cannot be said.</exception>
    public static IReadOnlyList<PackedLibrary> Read(string assets, string lib)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(assets));
        var filesOf = new SortedDictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (string file in Directory.EnumerateFiles(lib, "*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!Path.GetFileName(file).StartsWith("AuthModule.", StringComparison.Ordinal))
            {
                string relative = Path.GetRelativePath(lib, file).Replace('\\', '/');
                string package = PackageOf(document.RootElement.GetProperty("targets").GetProperty(relative.Split('/')[0]), Path.GetFileName(file))
                    ?? throw new PackingException($"lib/{relative} comes from no package of {assets}.");
                filesOf.TryAdd(package, []);
                filesOf[package].Add("lib/" + relative);
            }
        }

        string[] folders = [.. document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        JsonElement libraries = document.RootElement.GetProperty("libraries");
        return [.. filesOf.Select(entry => Describe(entry.Key, libraries.GetProperty(entry.Key), folders, entry.Value))];
    }

    private static string? PackageOf(JsonElement target, string fileName) =>
        target.EnumerateObject()
            .FirstOrDefault(package => package.Value.TryGetProperty("runtime", out JsonElement runtime)
                && runtime.EnumerateObject().Any(file => Path.GetFileName(file.Name) == fileName)).Name;

    private static PackedLibrary Describe(string nameAndVersion, JsonElement library, string[] folders, List<string> files)
    {
        string[] parts = nameAndVersion.Split('/');
        string folder = folders.Select(root => Path.Combine(root, library.GetProperty("path").GetString()!)).First(Directory.Exists);
        XElement metadata = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single()).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        string? Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
        string sha512 = Convert.ToHexStringLower(Convert.FromBase64String(library.GetProperty("sha512").GetString()!));
        return new PackedLibrary(parts[0], parts[1], sha512, LicenseOf(metadata, folder), Value("copyright"), Value("authors"), files);
    }

    private static License? LicenseOf(XElement metadata, string folder)
    {
        XElement? license = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        if (license is not null)
        {
            string kind = license.Attribute("type")?.Value ?? "expression";
            string value = license.Value.Trim();
            return new License(kind, value, kind == "file" ? File.ReadAllText(Path.Combine(folder, value)) : null);
        }

        // Packages from before licence expressions give an address, and the text in a file.
        string text = Path.Combine(folder, "LICENSE.TXT");
        if (File.Exists(text) && File.ReadAllText(text).StartsWith("The MIT License", StringComparison.Ordinal))
        {
            return new License("expression", "MIT", null);
        }

        string? address = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value.Trim();
        return string.IsNullOrEmpty(address) ? null : new License("url", address, null);
    }
}
