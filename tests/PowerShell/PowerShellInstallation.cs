using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AuthModule.TestPowerShell;

/// <summary>The one place that says which PowerShell tests start, and how.</summary>
/// <param name="Program">What is started.</param>
/// <param name="Arguments">What comes before PowerShell's own arguments: nothing, or the assembly where the program is <c>dotnet</c>.</param>
/// <param name="Folder">Goes first on PATH, so that <c>pwsh</c> in a child shell is the same one.</param>
internal sealed record PowerShellInstallation(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Names another PowerShell to run the tests in: the path of a <c>pwsh</c>.</summary>
    public const string Variable = "AUTHMODULE_TEST_PWSH";

    /// <summary>Names another Pester: the folder that holds its <c>Pester.psd1</c>.</summary>
    public const string PesterVariable = "AUTHMODULE_TEST_PESTER";

    /// <summary>Which modules come first: a folder with <c>Pester/VERSION</c>.</summary>
    public static string Modules { get; } = Path.Combine(AppContext.BaseDirectory, "modules");

    /// <summary>The manifest of the Pester that the tests run in.</summary>
    /// <exception cref="FileNotFoundException">The one that was asked for does not exist: it is not silently replaced.</exception>
    public static string Pester
    {
        get
        {
            string folder = Environment.GetEnvironmentVariable(PesterVariable) is { Length: > 0 } wanted
                ? wanted
                : Path.Combine(Modules, "Pester", Metadata("PesterVersion"));
            string manifest = Path.GetFullPath(Path.Combine(folder, "Pester.psd1"));
            return File.Exists(manifest) ? manifest : throw new FileNotFoundException($"There is no '{manifest}'.");
        }
    }

    /// <summary>The PowerShell that was restored, or the one that AUTHMODULE_TEST_PWSH names.</summary>
    /// <exception cref="FileNotFoundException">The one that was asked for does not exist: it is not silently replaced.</exception>
    public static PowerShellInstallation Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } wanted)
        {
            string path = Path.GetFullPath(wanted);
            return File.Exists(path)
                ? new PowerShellInstallation(path, [], Path.GetDirectoryName(path)!)
                : throw new FileNotFoundException($"{Variable} names '{path}', which does not exist.");
        }

        return RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Executable : Tool;
    }

    /// <summary>The package's program for x64.</summary>
    public static PowerShellInstallation Executable
    {
        get
        {
            string folder = Path.Combine(Metadata("PowerShellFolder"), OperatingSystem.IsWindows() ? "win" : "unix");
            return new PowerShellInstallation(Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"), [], folder);
        }
    }

    /// <summary>The package's assembly, run by <c>dotnet</c>: as it is where PowerShell is installed as a .NET tool.</summary>
    public static PowerShellInstallation Tool => new(DotNet, ["exec", ToolAssembly], LaunchScript.Write(DotNet, ToolAssembly));

    /// <summary>What <c>dotnet exec</c> runs there.</summary>
    public static string ToolAssembly => Path.Combine(Executable.Folder, "pwsh.dll");

    private static string DotNet => Path.Combine(DotNetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    // The runtime that runs this is in ROOT/shared/Microsoft.NETCore.App/VERSION.
    private static string DotNetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>A start without anybody's settings, in which child shells find the same PowerShell and Pester.</summary>
    /// <param name="arguments">PowerShell's own.</param>
    public ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, [.. Arguments, .. arguments]) { UseShellExecute = false };
        start.Environment["DOTNET_ROOT"] = DotNetRoot;
        start.Environment["PATH"] = Join(Folder, start.Environment["PATH"]);
        start.Environment["PSModulePath"] = Join(Modules, start.Environment.TryGetValue("PSModulePath", out string? path) ? path : null);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    private static string Join(string first, string? others) => others is { Length: > 0 } ? first + Path.PathSeparator + others : first;

    private static string Metadata(string key) => typeof(PowerShellInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
