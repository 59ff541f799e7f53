using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>A token endpoint that numbers its tokens: the first is <c>token-1</c>.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly ScriptedServer server;
    private readonly ManualResetEventSlim gate = new(true);
    private int handedOut;

    private TokenServer(ScriptedServer server) => this.server = server;

    /// <summary>Requests so far.</summary>
    public int Count => server.Requests.Count;

    public string TokenEndpoint => server.Address + "/token";

    /// <summary>Anything but 200 is an error of that status.</summary>
    public int Status { get; set; } = 200;

    public string Error { get; set; } = "temporarily_unavailable";

    public (string Name, string Value)[] Headers { get; set; } = [];

    /// <summary>By its clock, which is the machine's; null tells the lifetime instead.</summary>
    public Func<DateTimeOffset>? EndsAt { get; set; }

    public DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public static async Task<TokenServer> StartAsync(int lifetime)
    {
        var tokens = new TokenServer(await ScriptedServer.StartAsync());
        tokens.server.On("POST", "/token", _ => tokens.Answer(lifetime));
        return tokens;
    }

    /// <summary>Requests wait until it is open again.</summary>
    public void Close() => gate.Reset();

    public void Open() => gate.Set();

    public TokenRequest Client(string secret = "client-secret-1") => new()
    {
        Provider = "oauth2",
        TokenEndpoint = TokenEndpoint,
        ClientId = "nightly",
        Grant = "client_credentials",
        Client = new ClientCredential { Secret = Secret.From(secret) },
        Transport = new AuthModule.Http.TransportSettings { MaximumRetryCount = 0 },
    };

    public ValueTask DisposeAsync()
    {
        Open();
        return server.DisposeAsync();
    }

    private ScriptedReply Answer(int lifetime)
    {
        gate.Wait(TestContext.Current.CancellationToken);
        if (Status != 200)
        {
            return new ScriptedReply($$"""{"error":"{{Error}}"}""", Status) { Headers = Headers };
        }

        string end = EndsAt is { } endsAt ? $"\"expires_at\":{endsAt().ToUnixTimeSeconds()}" : $"\"expires_in\":{lifetime}";
        return new ScriptedReply($$"""{"access_token":"token-{{Interlocked.Increment(ref handedOut)}}",{{end}}}""") { Headers = Headers };
    }
}
