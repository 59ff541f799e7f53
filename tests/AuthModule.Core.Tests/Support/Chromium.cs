using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Support;

/// <summary>A headless Chromium, driven by its own protocol. Pictures of what it shows are left beside the test results.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly string profile;
    private readonly string address;

    private Chromium(Process process, string profile, string address)
    {
        this.process = process;
        this.profile = profile;
        this.address = address;
    }

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static async Task<Chromium> StartAsync()
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "there is no Chromium on PATH");
        string profile = Directory.CreateTempSubdirectory("authmodule-chromium-").FullName;
        Process process = Program.Start(
            path,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-proxy-server", "--disable-background-networking", "--disable-component-update",
                "--disable-dev-shm-usage", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows", "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank",
            ],
            profile) ?? throw new InvalidOperationException($"{path} cannot be started.");
        var address = new TaskCompletionSource<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf("ws://", StringComparison.Ordinal) is { } at and >= 0)
            {
                address.TrySetResult(new Uri(line.Data[at..].Trim()).Authority);
            }
        };
        process.BeginErrorReadLine();
        return new Chromium(process, profile, await address.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken));
    }

    public async Task<ChromiumPage> NewPageAsync()
    {
        using var http = new HttpClient();
        using HttpResponseMessage reply = await http.PutAsync($"http://{address}/json/new?about:blank", null, TestContext.Current.CancellationToken);
        using JsonDocument target = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await ChromiumPage.ConnectAsync(new Uri(target.RootElement.GetProperty("webSocketDebuggerUrl").GetString()!));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still ending writes its last; the system's folder for such things is emptied without us.
        }
    }
}
