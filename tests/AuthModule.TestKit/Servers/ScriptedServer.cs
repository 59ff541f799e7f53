using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AuthModule.TestKit.Servers;

/// <summary>A server on loopback that answers what a test tells it and keeps what it was sent, letter by letter.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly List<(string Method, string Path, Func<ReceivedRequest, ScriptedReply> Answer)> script = [];

    private ScriptedServer(WebApplication app) => this.app = app;

    public string Address { get; private set; } = string.Empty;

    /// <summary>False where so many come that they would fill the memory.</summary>
    public bool KeepsRequests { get; set; } = true;

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public static async Task<ScriptedServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ScriptedServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = app.Urls.Single();
        return server;
    }

    /// <summary>The newest answer for a method and path counts.</summary>
    public ScriptedServer On(string method, string path, Func<ReceivedRequest, ScriptedReply> answer)
    {
        lock (script)
        {
            script.Insert(0, (method, path, answer));
        }

        return this;
    }

    public ScriptedServer On(string method, string path, string json, int status = 200) =>
        On(method, path, _ => new ScriptedReply(json, status));

    /// <summary>Bytes that are no UTF-8.</summary>
    public ScriptedServer OnBytes(string method, string path, byte[] body, int status, string contentType) =>
        On(method, path, _ => new ScriptedReply(string.Empty, status, contentType) { Bytes = body });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new ReceivedRequest(
            context.Request.Method,
            context.Request.Path.Value!,
            context.Request.QueryString.Value ?? string.Empty,
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        if (KeepsRequests)
        {
            requests.Enqueue(request);
        }

        Func<ReceivedRequest, ScriptedReply>? answer;
        lock (script)
        {
            answer = script.FirstOrDefault(line => line.Method == request.Method && line.Path == request.Path).Answer;
        }

        ScriptedReply reply = answer?.Invoke(request) ?? new ScriptedReply("""{"detail":"Not Found"}""", 404);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        foreach ((string name, string value) in reply.Headers)
        {
            // Several of one name are several lines, as cookies have to be.
            context.Response.Headers[name] = reply.Headers.Count(header => header.Name == name) > 1
                ? StringValues.Concat(context.Response.Headers[name], value)
                : value;
        }

        if (reply.Bytes is { } bytes)
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
        else if (reply.Status != 204)
        {
            await context.Response.WriteAsync(reply.Body, context.RequestAborted);
        }
    }
}

internal sealed record ReceivedRequest(string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}

internal sealed record ScriptedReply(string Body, int Status = 200, string ContentType = "application/json")
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>In place of the text.</summary>
    public byte[]? Bytes { get; init; }
}
