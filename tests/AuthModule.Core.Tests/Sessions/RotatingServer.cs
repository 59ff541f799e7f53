using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>A token endpoint whose refresh tokens work once, that can be held up in the middle of a renewal, and that counts.</summary>
internal sealed class RotatingServer : IAsyncDisposable
{
    private readonly ScriptedServer server;
    private readonly ManualResetEventSlim gate = new(true);
    private readonly object counting = new();
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int number;

    private RotatingServer(ScriptedServer server) => this.server = server;

    public string TokenEndpoint => server.Address + "/token";

    /// <summary>Of the tokens that are handed out from now on.</summary>
    public int Seconds { get; set; } = 3600;

    public int SignIns { get; private set; }

    public int Renewals { get; private set; }

    /// <summary>Refresh tokens that had been used before.</summary>
    public int Refused { get; private set; }

    /// <summary>The first characters of the one that was handed out last.</summary>
    public string Current => $"token-{number:D6}";

    public static async Task<RotatingServer> StartAsync()
    {
        var rotating = new RotatingServer(await ScriptedServer.StartAsync());
        rotating.server.On("POST", "/token", rotating.Answer);
        return rotating;
    }

    public TokenRequest Request(string store) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = TokenEndpoint,
        ClientId = "fleet",
        Grant = "password",
        Store = store,
        Client = new ClientCredential { Secret = Secret.From("fleet-secret") },
        Input = new GrantInput { UserName = "alice", Password = Secret.From(Fleet.Password) },
    };

    /// <summary>Holds every answer up; the task ends when a request is there.</summary>
    public Task HoldAsync()
    {
        gate.Reset();
        arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return arrived.Task;
    }

    public void Release() => gate.Set();

    public ValueTask DisposeAsync()
    {
        Release();
        return server.DisposeAsync();
    }

    private ScriptedReply Answer(ReceivedRequest request)
    {
        int mine;
        lock (counting)
        {
            string body = request.Body;
            bool isRenewal = body.Contains("grant_type=refresh_token", StringComparison.Ordinal);
            if (isRenewal && !(body + "&").Contains($"refresh_token=refresh-{number}&", StringComparison.Ordinal))
            {
                Refused++;
                return new ScriptedReply("""{"error":"invalid_grant"}""", 400);
            }

            mine = ++number;
            SignIns += isRenewal ? 0 : 1;
            Renewals += isRenewal ? 1 : 0;
        }

        arrived.TrySetResult();
        gate.Wait(TestContext.Current.CancellationToken);
        return new ScriptedReply($$"""{"access_token":"token-{{mine:D6}}-which-is-longer","refresh_token":"refresh-{{mine}}","token_type":"Bearer","expires_in":{{Seconds}}}""");
    }
}
