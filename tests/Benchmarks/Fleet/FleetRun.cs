using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Server;
using AuthModule.Stores;

namespace AuthModule.Benchmarks.Fleet;

/// <summary>Real processes on a real Redis, all asking at once for a token that none has.</summary>
internal static class FleetRun
{
    public static async Task<int> PrintAsync(TextWriter output, int processes)
    {
        int port = FreePort();
        Process redis;
        try
        {
            redis = Process.Start(new ProcessStartInfo("redis-server", ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", string.Empty]) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync("There is no redis-server on this machine (Debian package redis-server).");
            return 2;
        }

        var workers = new List<Process>();
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(
            new EmbeddedServerOptions { Clients = [new ServerClient("fleet", "fleet-secret")] }, CancellationToken.None);
        try
        {
            while (await redis.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
            }

            foreach ((string name, string store) in ((string, string)[])[("no store", StoreCatalog.Memory), ("one Redis", FormattableString.Invariant($"redis://127.0.0.1:{port}/0"))])
            {
                server.ClearRequests();
                long before = server.CountOf("/token");
                long startedAt = await RunAsync(workers, processes, server.Issuer + "/token", store);
                output.WriteLine(FormattableString.Invariant(
                    $"{name}: {processes} processes, {server.CountOf("/token") - before} token requests, {Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds:N0} ms until the last one had its token"));
            }

            return 0;
        }
        finally
        {
            foreach (Process process in workers.Append(redis).Where(process => !process.HasExited))
            {
                process.Kill();
            }
        }
    }

    private static async Task<long> RunAsync(List<Process> workers, int processes, string endpoint, string store)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Process[] fleet = [.. Enumerable.Range(0, processes).Select(_ => StartWorker(endpoint, store, key))];
        workers.AddRange(fleet);
        await Task.WhenAll(fleet.Select(worker => worker.StandardOutput.ReadLineAsync()));
        long startedAt = Stopwatch.GetTimestamp();
        foreach (Process worker in fleet)
        {
            await worker.StandardInput.WriteLineAsync("go");
            await worker.StandardInput.FlushAsync();
        }

        string?[] said = await Task.WhenAll(fleet.Select(worker => worker.StandardOutput.ReadLineAsync()));
        return said.All(line => line?.StartsWith("token", StringComparison.Ordinal) == true)
            ? startedAt
            : throw new InvalidOperationException("A worker got no token: " + said.First(line => line?.StartsWith("token", StringComparison.Ordinal) != true));
    }

    private static Process StartWorker(string endpoint, string store, string key)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AuthModule.StoreWorker.dll"), endpoint, store, "client_credentials", "once"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["WORKER_SECRET"] = "unused";
        start.Environment[StoreCatalog.KeyVariable] = key;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
