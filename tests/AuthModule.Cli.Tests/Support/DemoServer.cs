using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Xunit;

namespace AuthModule.Cli.Tests.Support;

/// <summary>An embedded server with known credentials, and command lines for it.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    public const string NightlySecret = "Nightly-canary-5eC ret/1";
    public const string AlicePassword = "Alice-canary-pa55 wörd/2";

    private DemoServer(EmbeddedServer server) => Server = server;

    public EmbeddedServer Server { get; }

    public string Authority => Server.Issuer;

    public static async Task<DemoServer> StartAsync(Func<EmbeddedServerOptions, EmbeddedServerOptions>? change = null)
    {
        var options = new EmbeddedServerOptions
        {
            Users = [new ServerUser("alice", AlicePassword) { Scopes = ["openid", "orders.read"], Groups = ["sales"] }],
            Clients =
            [
                new ServerClient("nightly", NightlySecret) { Grants = ["client_credentials"], Scopes = ["orders.read", "orders.write"] },
                new ServerClient("desktop", (string?)null) { Grants = ["password", "refresh_token"], Scopes = ["openid", "orders.read"] },
            ],
        };
        return new DemoServer(await EmbeddedServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    /// <summary>A client's token, with its secret by environment.</summary>
    public Task<CliResult> GetAsync(params string[] more) => CliRun.RunAsync(
        ["get", "--authority", Authority, "--client-id", "nightly", .. more],
        new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = NightlySecret });

    /// <summary>A person's token, with the password on stdin.</summary>
    public Task<CliResult> SignInAsync(params string[] more) => CliRun.RunAsync(
        ["get", "--authority", Authority, "--client-id", "desktop", "--username", "alice", "--password-stdin", .. more],
        [],
        AlicePassword + "\n");

    public Task<CliResult> UpdateAsync(string refreshToken, params string[] more) => CliRun.RunAsync(
        ["update", "--authority", Authority, "--client-id", "desktop", "--refresh-token-stdin", .. more],
        [],
        refreshToken);

    public Task<CliResult> TestAsync(string token, params string[] more) => CliRun.RunAsync(
        ["test", "--authority", Authority, .. more],
        new Dictionary<string, string> { ["AUTHMODULE_TOKEN"] = token });

    /// <summary>What was sent to an endpoint.</summary>
    public IReadOnlyList<ServedRequest> RequestsTo(string path) => [.. Server.Requests.Where(request => request.Path == path)];

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
