using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace AuthModule.Pester.Support;

/// <summary>Where the clone keeps what the Pester tests need.</summary>
internal static class TestFolders
{
    public static string Root { get; } = FindRoot();

    public static string Pester => Path.Combine(Root, "tests", "Pester");

    public static string RunnerScript => Path.Combine(Pester, "Support", "Run-Pester.ps1");

    public static string Module => Path.Combine(Root, "AuthModule.psd1");

    public static string CommandLine => Path.Combine(Root, "src", "AuthModule.Cli", "bin", Configuration, "net10.0", "authmodule.dll");

    /// <summary>Full paths, in the order in which they run.</summary>
    public static string[] TestFiles =>
    [
        .. Directory.EnumerateFiles(Pester, "*.Tests.ps1", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(Path.GetRelativePath(Pester, file)))
            .Order(StringComparer.Ordinal),
    ];

    // Debug or Release: as this project was built, its references were.
    private static string Configuration =>
        typeof(TestFolders).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static bool IsBuildOutput(string path) => path.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuthModule.psd1")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds AuthModule.psd1.");
    }
}
