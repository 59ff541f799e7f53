using System;
using System.IO;

namespace AuthModule.Pester.Support;

/// <summary>Finds PowerShell; whether it is new enough and has Pester, only it can say.</summary>
internal static class PowerShellFinder
{
    public const string Variable = "AUTHMODULE_PWSH";

    /// <summary>Null when there is none on PATH.</summary>
    /// <exception cref="FileNotFoundException">The one that AUTHMODULE_PWSH names does not exist: a wish that is not silently dropped.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } wanted)
        {
            return File.Exists(wanted) ? wanted : throw new FileNotFoundException($"{Variable} names '{wanted}', which does not exist.");
        }

        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = Path.Combine(folder, name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
