using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AuthModule.Package;

/// <summary>All steps from sources to packages. Nothing of an earlier build is used, and nothing of it is touched.</summary>
internal sealed class Packing(SourceTree sources, string output, bool readyToRun)
{
    private const string Framework = "net8.0";

    // Compiled with the runtime of PowerShell 7.6. Others run the same code, compiled as it runs.
    private static readonly string[] Platforms = ["linux-x64", "win-x64"];

    // Any fixed time will do where there is no git; ZIP knows none before 1980.
    private static readonly DateTimeOffset NoTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Below the sources, wherever the result goes: only so are all paths in the libraries relative to them.
    private string Work => sources.PathOf("out/package");

    private string ModuleFolder => Path.Combine(output, "AuthModule", sources.Version);

    public Packages Run()
    {
        ModuleManifest manifest = ModuleManifest.Read(sources);
        Remove(Path.Combine(output, "AuthModule")); // Older versions too.
        Remove(Work);
        Directory.CreateDirectory(ModuleFolder);

        BuildModule();
        if (readyToRun)
        {
            CompileImages();
        }

        CopyModuleFiles(manifest);
        new PackedContent(sources, ModuleFolder).Add(MakeSite);
        DescribeContents(manifest);
        string[] packages = [PackModule(), PackCommandLine()];
        Remove(Work);
        return new Packages(ModuleFolder, Files().Length, packages);
    }

    /// <summary>What an earlier run made.</summary>
    /// <exception cref="PackingException">There is none.</exception>
    public Packages Find()
    {
        string[] packages = [Path.Combine(output, $"AuthModule.{sources.Version}.nupkg"), Path.Combine(output, $"AuthModule.Cli.{sources.Version}.nupkg")];
        return Directory.Exists(ModuleFolder) && packages.All(File.Exists)
            ? new Packages(ModuleFolder, Files().Length, packages)
            : throw new PackingException($"There are no packages in {output}: make them first, without --again.");
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // As on a build server (paths in the result are relative to the sources), in folders of its own.
    private string[] BuildOptions(params string[] more) =>
        ["--configuration", "Release", "--nologo", "--verbosity", "quiet", "-p:ContinuousIntegrationBuild=true", $"-p:ArtifactsPath={Work}{Path.DirectorySeparatorChar}", .. more];

    private void BuildModule()
    {
        Command.DotNet(sources.Root, ["build", "src/AuthModule.Cmdlets", .. BuildOptions($"-p:ModuleFolder={ModuleFolder}/lib/")]);
        foreach (string symbols in Directory.EnumerateFiles(ModuleFolder, "*.pdb", SearchOption.AllDirectories).ToArray())
        {
            File.Delete(symbols);
        }
    }

    private void MakeSite(string folder) => Command.DotNet(
        sources.Root,
        ["run", "--project", "build/Site", "--configuration", "Release", "-p:ContinuousIntegrationBuild=true", $"-p:ArtifactsPath={Work}{Path.DirectorySeparatorChar}", "--", "--output", folder]);

    private void CompileImages()
    {
        string engine = Path.Combine(ModuleFolder, "lib", Framework, "engine");
        foreach (string platform in Platforms)
        {
            string images = Path.Combine(Work, "images", platform);
            try
            {
                Command.DotNet(sources.Root, ["publish", "build/ReadyToRun", "--runtime", platform, "--output", images, .. BuildOptions($"-p:EngineFolder={engine}/")]);
            }
            catch (PackingException failure)
            {
                throw new PackingException($"No image for {platform}. Where its compiler or runtime pack cannot be restored, use --no-ready-to-run.{Environment.NewLine}{failure.Message}");
            }

            string target = Path.Combine(engine, platform);
            Directory.CreateDirectory(target);
            File.Copy(Path.Combine(images, "AuthModule.Core.dll"), Path.Combine(target, "AuthModule.Core.dll"));
        }
    }

    // The build of the cmdlets wrote the help already, to en-US beside lib; scripts are what the manifest names.
    private void CopyModuleFiles(ModuleManifest manifest)
    {
        foreach (string file in manifest.NamedFiles.Append("LICENSE"))
        {
            string target = Path.Combine(ModuleFolder, file);
            if (!File.Exists(target))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(sources.PathOf(file), target);
            }
        }
    }

    private void DescribeContents(ModuleManifest manifest)
    {
        string assets = Path.Combine(Work, "obj", "AuthModule.Cmdlets", "project.assets.json");
        IReadOnlyList<PackedLibrary> libraries = PackedLibraries.Read(assets, Path.Combine(ModuleFolder, "lib"));
        File.WriteAllText(Path.Combine(ModuleFolder, Notices.FileName), Notices.Write(libraries));
        File.WriteAllText(Path.Combine(ModuleFolder, BillOfMaterials.FileName), BillOfMaterials.Write(sources.Version, libraries, ModuleFolder));

        // As it stands: PowerShell resolves each name of a FileList, and reads the notes, at every import. The list is in SHA256SUMS.
        File.WriteAllText(Path.Combine(ModuleFolder, "AuthModule.psd1"), manifest.Text);
        File.WriteAllText(Path.Combine(ModuleFolder, Checksums.FileName), Checksums.List(ModuleFolder, Files()));
    }

    private string PackModule()
    {
        string nuspec = Path.Combine(Work, "AuthModule.nuspec");
        File.WriteAllText(nuspec, Nuspec.Write(ModuleManifest.Read(sources), sources.Version, ReleaseNotes.Of(sources)));
        Command.DotNet(sources.Root, ["pack", "build/Package", .. PackOptions($"-p:NuspecFile={nuspec}", $"-p:NuspecBasePath={ModuleFolder}")]);
        return Path.Combine(output, $"AuthModule.{sources.Version}.nupkg");
    }

    private string PackCommandLine()
    {
        Command.DotNet(sources.Root, ["pack", "src/AuthModule.Cli", .. PackOptions("-p:DebugType=none", "-p:UseAppHost=false")]);
        return Path.Combine(output, $"AuthModule.Cli.{sources.Version}.nupkg");
    }

    private string[] PackOptions(params string[] more)
    {
        DateTimeOffset time = Command.Git(sources.Root, "log", "-1", "--format=%cI") is { } text ? DateTimeOffset.Parse(text.Trim(), CultureInfo.InvariantCulture) : NoTime;
        return ["--output", output, .. BuildOptions($"-p:DeterministicTimestamp={time.ToUnixTimeSeconds()}"), .. more];
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(ModuleFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(ModuleFolder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
