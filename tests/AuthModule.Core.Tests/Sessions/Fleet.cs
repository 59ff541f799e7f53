using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Stores;
using AuthModule.TestKit.Processes;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>An authorization server with one-time refresh tokens that kills the family on re-use, and everything that asks it for tokens.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const string ClientSecret = "fleet-secret";
    public const string Password = "alice-password";

    private Fleet(EmbeddedServer server) => Server = server;

    public EmbeddedServer Server { get; }

    public string TokenEndpoint => Server.Issuer + "/token";

    public string StoreKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public long TokenRequests => Server.CountOf("/token");

    public static async Task<Fleet> StartAsync(TimeProvider? clock = null, TimeSpan? tokenLifetime = null) => new(await EmbeddedServer.StartAsync(
        new EmbeddedServerOptions
        {
            Users = [new ServerUser("alice", Password) { Scopes = ["orders.read"] }],
            Clients = [new ServerClient("fleet", ClientSecret)],
            TokenFormat = TokenFormat.Opaque,
            TokenLifetime = tokenLifetime ?? TimeSpan.FromHours(1),
            RefreshLifetime = TimeSpan.FromDays(30),
            Clock = clock ?? TimeProvider.System,
        },
        TestContext.Current.CancellationToken));

    public TokenRequest Request(string grant, string? store = null, string? refreshToken = null) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = TokenEndpoint,
        ClientId = "fleet",
        Grant = grant,
        Store = store,
        Client = new ClientCredential { Secret = Secret.From(ClientSecret) },
        Input = grant switch
        {
            "password" => new GrantInput { UserName = "alice", Password = Secret.From(Password) },
            "refresh_token" => new GrantInput { RefreshToken = Secret.From(refreshToken!) },
            _ => new GrantInput(),
        },
    };

    /// <summary>A refresh token of a new sign-in.</summary>
    public async Task<string> SignInAsync()
    {
        AuthToken token = await new EngineHost().GetAsync(Request("password"));
        return token.Tokens.RefreshToken!.Reveal();
    }

    /// <summary>An engine as another process would have it, with the key of the shared stores.</summary>
    public EngineHost NewEngine(TimeProvider? clock = null)
    {
        var engine = new EngineHost(clock);
        engine.Variables[StoreCatalog.KeyVariable] = StoreKey;
        return engine;
    }

    public StoreWorker StartWorker(string store, string grant, string mode, string secret = Password) =>
        StoreWorker.Start(TokenEndpoint, store, grant, mode, secret, StoreKey);

    /// <summary>How many token requests of a grant ended with a status.</summary>
    public int Count(string grant, int status) => Server.Requests.Count(
        request => request.Path == "/token" && request.Status == status && request.Fields.Any(field => field.Name == "grant_type" && field.Value == grant));

    /// <summary>Requests of a path are answered when the test says so; the first task tells that one has come.</summary>
    public (Task Arrived, TaskCompletionSource Release) Hold(string path)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Intercept = async context =>
        {
            if (context.Request.Path == path)
            {
                arrived.TrySetResult();
                await release.Task.WaitAsync(TestContext.Current.CancellationToken);
            }

            return false;
        };
        return (arrived.Task, release);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
