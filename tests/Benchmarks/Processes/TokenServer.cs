using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Benchmarks.Processes;

/// <summary>The embedded authorization server with the client that the workers are; counts what reaches it.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly EmbeddedServer server;

    private TokenServer(EmbeddedServer server) => this.server = server;

    public string TokenEndpoint => server.Issuer + "/token";

    public long Requests => server.CountOf("/token");

    public static async Task<TokenServer> StartAsync() => new(await EmbeddedServer.StartAsync(
        new EmbeddedServerOptions
        {
            Clients = [new ServerClient("fleet", "fleet-secret")],
            TokenFormat = TokenFormat.Opaque,
            TokenLifetime = TimeSpan.FromHours(1),
        },
        CancellationToken.None));

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
