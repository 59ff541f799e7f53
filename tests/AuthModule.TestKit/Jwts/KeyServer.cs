using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthModule.TestKit.Jwts;

/// <summary>A server on loopback that publishes metadata and keys, and counts who asks for them.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int requests;

    private KeyServer(WebApplication app) => this.app = app;

    public string Authority { get; private set; } = string.Empty;

    public Uri Jwks => new(Authority + "/keys");

    /// <summary>Requests for the keys.</summary>
    public int Requests => Volatile.Read(ref requests);

    public byte[] Keys { get; set; } = SigningKey.Set();

    public int Status { get; set; } = 200;

    /// <summary>Answers wait for it where it is set.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Set when a request has come that waits at the gate.</summary>
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<KeyServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new KeyServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        foreach (string url in app.Urls)
        {
            server.Authority = url;
        }

        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/.well-known/openid-configuration")
        {
            await context.Response.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, object?> { ["issuer"] = Authority, ["jwks_uri"] = Jwks }));
            return;
        }

        Interlocked.Increment(ref requests);
        if (Gate is { } gate)
        {
            Arrived.TrySetResult();
            await gate.Task;
        }

        context.Response.StatusCode = Status;
        if (Status == 200)
        {
            await context.Response.Body.WriteAsync(Keys);
        }
    }
}
