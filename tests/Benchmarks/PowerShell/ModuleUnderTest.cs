using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestKit.Files;

namespace AuthModule.Benchmarks.PowerShell;

/// <summary>The packed module, and the floor that is made after it.</summary>
internal static class ModuleUnderTest
{
    private static readonly Lazy<Task<string>> MadeFloor = new(MakeFloorAsync);

    /// <exception cref="MissingProgramException">It was not packed.</exception>
    public static string Manifest
    {
        get
        {
            string folder = Path.Combine(Clone.Root, "out", "AuthModule");
            string? manifest = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "AuthModule.psd1", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc) : null;
            return manifest ?? throw new MissingProgramException("there is no packed module under out/AuthModule (./build.ps1 Package makes it, ./build.ps1 Bench does both)");
        }
    }

    /// <summary>The manifest of an empty module with as many cmdlets and the same parameters, made once in a run.</summary>
    public static async Task<string> FloorManifestAsync() => Path.Combine(await MadeFloor.Value, "Plain", "Floor.psd1");

    /// <summary>The same with a format file and a type file of one entry each.</summary>
    public static async Task<string> FloorWithFormatsManifestAsync() => Path.Combine(await MadeFloor.Value, "WithFormats", "Floor.psd1");

    public static string Script(string name) => Path.Combine(Clone.Root, "tests", "Benchmarks", "PowerShell", name);

    private static async Task<string> MakeFloorAsync()
    {
        string folder = Path.Combine(Clone.Root, "out", "Benchmarks", "Floor");
        await Shell.RunAsync("-File", Script("New-FloorModule.ps1"), "-Module", Manifest, "-Folder", folder);
        return folder;
    }
}
