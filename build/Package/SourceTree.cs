using System;
using System.IO;
using System.Xml.Linq;

namespace AuthModule.Package;

/// <summary>The clone, and what it says of itself.</summary>
internal sealed class SourceTree(string root)
{
    public string Root { get; } = root;

    public string Manifest => PathOf("AuthModule.psd1");

    /// <summary>The one place of the version; the module's manifest has to agree.</summary>
    public string Version { get; } =
        XDocument.Load(Path.Combine(root, "Directory.Build.props")).Root?.Element("PropertyGroup")?.Element("Version")?.Value
        ?? throw new PackingException("Directory.Build.props has no Version.");

    public static SourceTree Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuthModule.psd1")) && File.Exists(Path.Combine(folder.FullName, "Directory.Build.props")))
            {
                return new SourceTree(folder.FullName);
            }
        }

        throw new PackingException($"No folder above {AppContext.BaseDirectory} holds AuthModule.psd1.");
    }

    public string PathOf(string relative) => Path.Combine(Root, relative);
}
