using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Polyfills;

/// <summary>
/// The netstandard2.0 build at work on a runtime that is not .NET: Mono stands in for the .NET Framework of Windows PowerShell. It
/// is not Windows; what it lacks is skipped, and the figures say what.
/// </summary>
public sealed class MonoSmokeTests
{
    [Fact]
    [Trait("Feature", "D6")]
    public async Task The_engine_of_Windows_PowerShell_does_its_work_on_Mono()
    {
        string? mono = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "mono.exe" : "mono")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(mono is null, "Mono is not installed (on Debian: mono-runtime and mono-devel).");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(Clone.Root, "tests", "AuthModule.Mono.Smoke", "bin", configuration, "netstandard2.0", "AuthModule.Mono.Smoke.dll");

        IReadOnlyList<string> lines = await RunAsync(mono, program);

        string[] skipped = [.. lines.Where(line => line.StartsWith("skipped ", StringComparison.Ordinal))];
        int done = lines.Count(line => line.StartsWith("ok ", StringComparison.Ordinal));
        Figures.Add("Mono", $"{done} checks passed, {skipped.Length} skipped ({string.Join("; ", skipped)})");
        Assert.Equal(lines.Count, done + skipped.Length); // Whatever else a line says is a failure.
        Assert.InRange(done, 18, int.MaxValue);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string mono, string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(mono, [program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return (output + await errors).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
