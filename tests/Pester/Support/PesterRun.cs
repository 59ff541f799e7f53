using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestPowerShell;

namespace AuthModule.Pester.Support;

/// <summary>One PowerShell for all Pester files, and what came of it.</summary>
internal static class PesterRun
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(30);

    /// <param name="say">Gets the run's output, line by line.</param>
    /// <param name="cancellationToken">Ends PowerShell and all that it started.</param>
    /// <returns>At least one result: no test at all is a failure.</returns>
    public static async Task<IReadOnlyList<PesterResult>> RunAsync(Action<string> say, CancellationToken cancellationToken)
    {
        string[] files = TestFolders.TestFiles;
        if (files.Length == 0)
        {
            return [PesterResult.Failure("Pester", $"There is no *.Tests.ps1 in {TestFolders.Pester}.")];
        }

        using var folder = new RunFolder();
        var results = new ResultFile(folder.Path);
        var process = new PowerShellProcess(PowerShellInstallation.Find(), folder.Path, say);
        PowerShellEnd end = await process.RunAsync(
            ["-NoProfile", "-NonInteractive", "-File", TestFolders.RunnerScript, results.Path, PowerShellInstallation.Pester, .. files],
            TimeLimit,
            cancellationToken);
        (IReadOnlyList<PesterResult> read, bool isComplete) = results.Read();
        List<PesterResult> all = [.. read];
        if (end.Fault is { } fault)
        {
            all.Add(PesterResult.Failure("Pester run", $"{fault}{Environment.NewLine}{end.LastLines}"));
        }
        else if (!isComplete)
        {
            all.Add(PesterResult.Failure("Pester run", $"PowerShell ended with {end.ExitCode} before all files had run.{Environment.NewLine}{end.LastLines}"));
        }

        if (all.Count == 0)
        {
            all.Add(PesterResult.Failure("Pester run", "Pester ran and found no test."));
        }

        return all;
    }
}
