using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Support;

/// <summary>One page of a browser (Chrome DevTools Protocol).</summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> calls = new();
    private readonly Channel<bool> loads = Channel.CreateUnbounded<bool>();
    private readonly ConcurrentQueue<Uri> requests = new();
    private readonly SemaphoreSlim sending = new(1);
    private int lastCall;

    private readonly ConcurrentQueue<string> problems = new();

    /// <summary>What the browser complained of: things that a page's own policy forbids, scripts that failed.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Everything that its pages asked for.</summary>
    public IReadOnlyCollection<Uri> Requests => requests;

    public static async Task<ChromiumPage> ConnectAsync(Uri address)
    {
        var page = new ChromiumPage();
        await page.socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        _ = page.ReceiveAsync();
        await page.CallAsync("Page.enable");
        await page.CallAsync("Network.enable");
        await page.CallAsync("Log.enable");
        await page.CallAsync("Runtime.enable");
        await page.SizeAsync(900, 700);
        return page;
    }

    public async Task OpenAsync(Uri address)
    {
        await CallAsync("Page.navigate", new { url = address.AbsoluteUri });
        await LoadedAsync();
    }

    /// <summary>Waits for the next page.</summary>
    public async Task LoadedAsync() => await loads.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        JsonElement result = await CallAsync("Runtime.evaluate", new { expression = $"String({expression})", returnByValue = true });
        return result.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>The text that a script ends with, or that its promise brings.</summary>
    public async Task<string> RunAsync(string script)
    {
        JsonElement result = await CallAsync("Runtime.evaluate", new { expression = script, awaitPromise = true, returnByValue = true });
        return result.TryGetProperty("exceptionDetails", out JsonElement thrown)
            ? throw new InvalidOperationException(thrown.GetRawText())
            : result.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>Does something that leads to another page, and waits for that.</summary>
    public async Task LeaveByAsync(string expression)
    {
        await EvaluateAsync($"setTimeout(() => {{ {expression} }}, 0)");
        await LoadedAsync();
    }

    /// <summary>Waits until an expression is true of the page as it changes.</summary>
    public Task WaitForAsync(string expression) => CallAsync("Runtime.evaluate", new
    {
        expression = $"new Promise(done => {{ const look = () => ({expression}) && done(true); new MutationObserver(look).observe(document, {{ subtree: true, childList: true, attributes: true, characterData: true }}); look(); }})",
        awaitPromise = true,
        returnByValue = true,
    });

    public Task SizeAsync(int width, int height) =>
        CallAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });

    public Task DarkAsync(bool isDark) =>
        CallAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });

    /// <summary>Leaves a picture in the folder <c>screenshots</c> of the test output.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="isWhole">All of the page, not only what fits.</param>
    public async Task PictureAsync(string name, bool isWhole = false)
    {
        // A page behind another is not drawn when the browser has other things to do: its picture could be waited for for ever.
        await CallAsync("Page.bringToFront");
        JsonElement result = await CallAsync("Page.captureScreenshot", isWhole ? new { format = "png", captureBeyondViewport = true, clip = await WholeAsync() } : new { format = "png" });
        string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), result.GetProperty("data").GetBytesFromBase64(), TestContext.Current.CancellationToken);
    }

    private async Task<object> WholeAsync()
    {
        JsonElement size = (await CallAsync("Page.getLayoutMetrics")).GetProperty("cssContentSize");
        return new { x = 0, y = 0, width = size.GetProperty("width").GetDouble(), height = size.GetProperty("height").GetDouble(), scale = 1 };
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        sending.Dispose();
        return default;
    }

    private async Task<JsonElement> CallAsync(string method, object? parameters = null)
    {
        int id = Interlocked.Increment(ref lastCall);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        calls[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } });
        await sending.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                Handle(JsonDocument.Parse(message.ToArray()).RootElement);
            }
        }
        catch (Exception closed) when (closed is WebSocketException or ObjectDisposedException or OperationCanceledException or JsonException)
        {
            loads.Writer.TryComplete();
        }
    }

    private void Handle(JsonElement message)
    {
        if (message.TryGetProperty("id", out JsonElement id) && calls.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? call))
        {
            if (message.TryGetProperty("error", out JsonElement error))
            {
                call.TrySetException(new InvalidOperationException(error.GetRawText()));
            }
            else
            {
                call.TrySetResult(message.GetProperty("result"));
            }

            return;
        }

        switch (message.TryGetProperty("method", out JsonElement method) ? method.GetString() : null)
        {
            case "Page.loadEventFired":
                loads.Writer.TryWrite(true);
                break;
            case "Log.entryAdded" when message.GetProperty("params").GetProperty("entry") is var entry && entry.GetProperty("level").GetString() == "error":
                problems.Enqueue(entry.GetProperty("text").GetString()!);
                break;
            case "Runtime.exceptionThrown":
                problems.Enqueue(message.GetProperty("params").GetProperty("exceptionDetails").GetRawText());
                break;
            case "Network.requestWillBeSent":
                requests.Enqueue(new Uri(message.GetProperty("params").GetProperty("request").GetProperty("url").GetString()!));
                break;
        }
    }
}
