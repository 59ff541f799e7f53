using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

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

        if (PowerShellFinder.Find() is not { } powerShell)
        {
            return SkipAll(files, $"There is no pwsh (PowerShell 7.4 or later) on PATH, and {PowerShellFinder.Variable} names none.", say);
        }

        using var results = new ResultFile();
        var process = new PowerShellProcess(powerShell, say);
        PowerShellEnd end = await process.RunAsync(
            ["-NoProfile", "-NonInteractive", "-File", TestFolders.RunnerScript, results.Path, .. files],
            TimeLimit,
            cancellationToken);
        (IReadOnlyList<PesterResult> read, string? unavailable, bool isComplete) = results.Read();
        if (unavailable is not null)
        {
            return SkipAll(files, unavailable, say);
        }

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

    private static PesterResult[] SkipAll(string[] files, string reason, Action<string> say)
    {
        say($"Pester tests are skipped: {reason}");
        return [.. files.Select(file => PesterResult.Skip(Path.GetFileName(file), reason))];
    }
}
