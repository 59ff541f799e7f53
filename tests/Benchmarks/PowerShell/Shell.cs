using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using AuthModule.TestPowerShell;

namespace AuthModule.Benchmarks.PowerShell;

/// <summary>A <c>pwsh</c> without profile. It can be kept and told to do things, one per line of its input.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Process process;

    private Shell(Process process) => this.process = process;

    /// <summary>Runs to the end; what it wrote, trimmed.</summary>
    /// <exception cref="WrongResultException">It failed.</exception>
    public static Task<string> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>The same with environment variables of its own.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<(string Name, string Value)> environment, string[] arguments)
    {
        using Process process = Start(arguments, environment);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        WrongResultException.Require(process.ExitCode == 0, $"pwsh ended with {process.ExitCode}: {await errors} {output}");
        return output.Trim();
    }

    /// <summary>A script of this folder that reads <c>WHAT COUNT</c> and answers each line with <c>done</c>.</summary>
    public static async Task<Shell> StartAsync(string script, params string[] arguments)
    {
        var shell = new Shell(Start(["-File", ModuleUnderTest.Script(script), .. arguments], []));
        _ = shell.process.StandardError.ReadToEndAsync();
        await shell.ExpectAsync("ready");
        return shell;
    }

    public async Task DoAsync(string what, int count)
    {
        await process.StandardInput.WriteLineAsync(Format.Text($"{what} {count}"));
        await ExpectAsync("done");
    }

    public void Dispose()
    {
        // Its input ends, and with it the script.
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private async Task ExpectAsync(string answer)
    {
        string? line = await process.StandardOutput.ReadLineAsync();
        WrongResultException.Require(line == answer, $"pwsh answered '{line ?? "nothing"}' instead of '{answer}'");
    }

    private static Process Start(string[] arguments, IReadOnlyList<(string Name, string Value)> environment)
    {
        ProcessStartInfo start = PowerShellInstallation.Find().Start(["-NoProfile", "-NonInteractive", "-NoLogo", .. arguments]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
