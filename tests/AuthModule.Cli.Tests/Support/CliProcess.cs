using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AuthModule.Cli.Tests.Support;

/// <summary>The built executable as a process of its own, without the AUTHMODULE_ variables of whoever runs the tests.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private readonly Process process;

    private CliProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public StreamWriter Input => process.StandardInput;

    public static CliProcess Start(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "authmodule.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("AUTHMODULE_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new CliProcess(Process.Start(start)!);
    }

    public static async Task<CliResult> RunAsync(string[] arguments, Dictionary<string, string>? environment = null, string input = "")
    {
        await using CliProcess run = Start(arguments, environment);
        await run.Input.WriteAsync(input);
        run.Input.Close();
        return await run.EndAsync();
    }

    /// <summary>Null when the process closed its output without another line.</summary>
    public async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>The rest of what it writes, when it has ended.</summary>
    public async Task<CliResult> EndAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new CliResult(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
