using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace AuthModule.Package;

/// <summary>Other programs: dotnet and git.</summary>
internal static class Command
{
    /// <exception cref="PackingException">dotnet ended with another code than 0; holds what it said.</exception>
    public static void DotNet(string folder, params string[] arguments)
    {
        (int code, string said) = Run(folder, "dotnet", arguments);
        if (code != 0)
        {
            throw new PackingException($"dotnet {string.Join(' ', arguments)} ended with {code}:{Environment.NewLine}{said}");
        }
    }

    /// <returns>Null where git is missing or does not know the folder.</returns>
    public static string? Git(string folder, params string[] arguments)
    {
        try
        {
            (int code, string said) = Run(folder, "git", arguments);
            return code == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static (int Code, string Said) Run(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
