using System;
using System.IO;

namespace AuthModule.TestPowerShell;

/// <summary>A <c>pwsh</c> for PATH where PowerShell is an assembly that <c>dotnet</c> runs.</summary>
internal static class LaunchScript
{
    /// <returns>The folder that it is in.</returns>
    public static string Write(string dotnet, string assembly)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "launch");
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(folder, "pwsh.cmd"), $"@\"{dotnet}\" exec \"{assembly}\" %*\r\n");
            return folder;
        }

        string path = Path.Combine(folder, "pwsh");
        File.WriteAllText(path, $"#!/bin/sh\nexec \"{dotnet}\" exec \"{assembly}\" \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
