using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestPowerShell;

namespace AuthModule.Pester.Support;

/// <param name="ExitCode">Of PowerShell; -1 when it was ended.</param>
/// <param name="Fault">What went wrong with the process itself; null when nothing did.</param>
/// <param name="LastLines">The end of what it wrote.</param>
internal sealed record PowerShellEnd(int ExitCode, string? Fault, string LastLines);

/// <summary>A PowerShell that cannot outlive its time limit, with an environment that holds no one's settings.</summary>
/// <param name="powerShell">Which one.</param>
/// <param name="temporaryFolder">Becomes the temporary folder of it and of all that it starts.</param>
/// <param name="say">Gets what it writes, line by line.</param>
internal sealed class PowerShellProcess(PowerShellInstallation powerShell, string temporaryFolder, Action<string> say)
{
    private const int KeptLines = 40;

    // How long the pipes may stay open after PowerShell has ended, before someone else must be holding them.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly Queue<string> lastLines = new();

    public async Task<PowerShellEnd> RunAsync(string[] arguments, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(arguments), EnableRaisingEvents = true };
        var exited = new TaskCompletionSource();
        process.Exited += (_, _) => exited.TrySetResult();
        process.Start();
        process.StandardInput.Close();
        Task output = Task.WhenAll(ForwardAsync(process.StandardOutput), ForwardAsync(process.StandardError));
        try
        {
            // Not WaitForExitAsync: it waits for the pipes too, which a forgotten child process holds open.
            await exited.Task.WaitAsync(timeLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return new PowerShellEnd(-1, $"The Pester run was ended: it took more than {timeLimit.TotalMinutes:0} minutes.", LastLines());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new PowerShellEnd(-1, "The Pester run was canceled.", LastLines());
        }

        string? fault = await Task.WhenAny(output, Task.Delay(DrainLimit, cancellationToken)) == output
            ? null
            : "The Pester tests left a process running that holds their output open.";
        return new PowerShellEnd(process.ExitCode, fault, LastLines());
    }

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        ProcessStartInfo start = powerShell.Start(arguments);
        start.WorkingDirectory = TestFolders.Root;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (string name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
        {
            if (name.StartsWith("AUTHMODULE_", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["AUTHMODULE_TEST_CLI"] = TestFolders.CommandLine;
        start.Environment["AUTHMODULE_TEST_TOOL"] = PowerShellInstallation.ToolAssembly;
        start.Environment[TestFolders.ModuleVariable] = TestFolders.Module;
        foreach (string name in RunFolder.Variables)
        {
            start.Environment[name] = temporaryFolder;
        }

        return start;
    }

    private async Task ForwardAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lastLines)
            {
                lastLines.Enqueue(line);
                if (lastLines.Count > KeptLines)
                {
                    lastLines.Dequeue();
                }

                say(line);
            }
        }
    }

    private string LastLines()
    {
        lock (lastLines)
        {
            return string.Join(Environment.NewLine, lastLines);
        }
    }
}
