using System;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Reflection;

namespace AuthModule.Pester.Support;

/// <summary>Where the clone keeps what the Pester tests need.</summary>
internal static class TestFolders
{
    /// <summary>Names the AuthModule.psd1 that is tested: of a packed or installed module, instead of the clone's. Relative to the clone.</summary>
    public const string ModuleVariable = "AUTHMODULE_TEST_MODULE";

    public static string Root { get; } = FindRoot();

    public static string Pester => Path.Combine(Root, "tests", "Pester");

    public static string RunnerScript => Path.Combine(Pester, "Support", "Run-Pester.ps1");

    /// <exception cref="FileNotFoundException">The one that is named does not exist: a wish that is not silently dropped.</exception>
    public static string Module
    {
        get
        {
            if (Environment.GetEnvironmentVariable(ModuleVariable) is not { Length: > 0 } wanted)
            {
                return Path.Combine(Root, "AuthModule.psd1");
            }

            string path = Path.GetFullPath(wanted, Root);
            return File.Exists(path) ? path : throw new FileNotFoundException($"{ModuleVariable} names '{path}', which does not exist.");
        }
    }

    public static string CommandLine => Path.Combine(Root, "src", "AuthModule.Cli", "bin", Configuration, "net10.0", "authmodule.dll");

    /// <summary>Names some of the files: patterns with * and ?, without <c>.Tests.ps1</c>, separated by commas. Absent means all.</summary>
    public const string FilesVariable = "AUTHMODULE_TEST_FILES";

    /// <summary>Full paths, in the order in which they run.</summary>
    public static string[] TestFiles =>
    [
        .. Directory.EnumerateFiles(Pester, "*.Tests.ps1", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(Path.GetRelativePath(Pester, file)) && IsWanted(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal),
    ];

    // Debug or Release: as this project was built, its references were.
    private static string Configuration =>
        typeof(TestFolders).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static bool IsBuildOutput(string path) => path.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private static bool IsWanted(string file) => Environment.GetEnvironmentVariable(FilesVariable) is not { Length: > 0 } patterns
        || patterns.Split(',').Any(pattern => FileSystemName.MatchesSimpleExpression(pattern.Trim() + ".Tests.ps1", file));

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
