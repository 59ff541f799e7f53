using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AuthModule.Core.Tests.Stores;

/// <summary>What only Unix has, for tests of other users' files.</summary>
internal static class Unix
{
    /// <summary>Anybody but this user.</summary>
    public const int Somebody = 12345;

    public static bool IsRoot => !OperatingSystem.IsWindows() && GetEffectiveUser() == 0;

    /// <summary>Runs a program of the system and expects that it works.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();
}
