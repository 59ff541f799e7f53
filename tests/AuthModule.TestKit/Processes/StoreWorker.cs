using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.TestKit.Processes;

/// <summary>A process of its own that uses a shared store. Dies with the test that forgets it.</summary>
internal sealed class StoreWorker : IDisposable
{
    private readonly Process process;

    private StoreWorker(Process process) => this.process = process;

    public static StoreWorker Start(string tokenEndpoint, string store, string grant, string mode, string secret, string storeKey)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "AuthModule.StoreWorker.dll"), tokenEndpoint, store, grant, mode])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["WORKER_SECRET"] = secret;
        start.Environment[AuthModule.Stores.StoreCatalog.KeyVariable] = storeKey;
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        return new StoreWorker(Process.Start(start)!);
    }

    /// <summary>Null at its end.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken) => await process.StandardOutput.ReadLineAsync(cancellationToken);

    public void Go()
    {
        process.StandardInput.WriteLine("go");
        process.StandardInput.Flush();
    }

    /// <summary>As <c>kill -9</c>: it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
