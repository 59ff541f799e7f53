using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace AuthModule.Mono.Smoke;

/// <summary>A token endpoint on loopback: each reply is a function of how many requests came before.</summary>
internal sealed class TokenService : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<int, (int Status, string Json)> answer;
    private int count;

    public TokenService(Func<int, (int Status, string Json)> answer)
    {
        this.answer = answer;
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Address = $"http://127.0.0.1:{port}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentQueue<string> Bodies { get; } = new();

    public int Count => count;

    public static string Token(string value, int lifetime = 3600, string? refresh = null) =>
        $$"""{"access_token":"{{value}}","token_type":"Bearer","expires_in":{{lifetime}}{{(refresh is null ? string.Empty : $",\"refresh_token\":\"{refresh}\"")}}}""";

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception cause) when (cause is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            Bodies.Enqueue(await reader.ReadToEndAsync().ConfigureAwait(false));
            (int status, string json) = answer(count++);
            byte[] bytes = Encoding.UTF8.GetBytes(json);
            context.Response.StatusCode = status;
            if (status == 429)
            {
                context.Response.AddHeader("Retry-After", "0");
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
            context.Response.Close();
        }
    }
}
