using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Support;

/// <summary>Runs another program to its end.</summary>
internal static class Program
{
    /// <returns>Exit code and output; null where there is no such program.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)?> RunAsync(
        string name, string[] arguments, string folder, TimeSpan timeLimit)
    {
        using Process? process = Start(name, arguments, folder);
        if (process is null)
        {
            return null;
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeLimit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, string.Empty, $"{name} took more than {timeLimit.TotalSeconds:0} seconds");
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Null where there is no such program. Its three streams are the caller's.</summary>
    public static Process? Start(string name, string[] arguments, string folder)
    {
        // What Windows calls npm is a script, which only its shell can start.
        bool isScript = OperatingSystem.IsWindows() && name == "npm";
        var start = new ProcessStartInfo(isScript ? "cmd.exe" : name, isScript ? ["/c", name, .. arguments] : arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
