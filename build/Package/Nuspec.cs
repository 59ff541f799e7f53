using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace AuthModule.Package;

/// <summary>The package's description as the PowerShell Gallery writes it for a module: commands are tags.</summary>
internal static class Nuspec
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    public static string Write(ModuleManifest manifest, string version, string releaseNotes) =>
        new XDocument(
            new XElement(
                Namespace + "package",
                new XElement(
                    Namespace + "metadata",
                    Text("id", "AuthModule"),
                    Text("version", version),
                    Text("authors", manifest.Value("Author")),
                    Text("requireLicenseAcceptance", "false"),
                    new XElement(Namespace + "license", new XAttribute("type", "expression"), "MIT"),
                    Text("description", manifest.Value("Description")),
                    Text("releaseNotes", releaseNotes),
                    Text("copyright", manifest.Value("Copyright")),
                    Text("tags", string.Join(' ', Tags(manifest)))),
                new XElement(Namespace + "files", new XElement(Namespace + "file", new XAttribute("src", "**"), new XAttribute("target", string.Empty))))).ToString();

    private static XElement Text(string name, string value) => new(Namespace + name, value);

    private static IEnumerable<string> Tags(ModuleManifest manifest)
    {
        IReadOnlyList<string> commands = manifest.Values("CmdletsToExport");
        IReadOnlyList<string> resources = manifest.Values("DscResourcesToExport");
        return manifest.Values("Tags").Append("PSModule").Append("PSIncludes_Cmdlet")
            .Concat(commands.SelectMany(command => new[] { $"PSCmdlet_{command}", $"PSCommand_{command}" }))
            .Concat(resources.Count > 0 ? ["PSIncludes_DscResource"] : [])
            .Concat(resources.Select(resource => $"PSDscResource_{resource}"));
    }
}
