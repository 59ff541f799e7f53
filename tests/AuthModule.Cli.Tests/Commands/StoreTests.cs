using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>Several runs that share a store.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-store-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Feature", "N13")]
    public async Task The_output_says_whether_a_token_came_from_the_store()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult first = await RunAsync(server, "get");
        CliResult second = await RunAsync(server, "get");

        Assert.False(first.Json.GetProperty("from_store").GetBoolean());
        Assert.True(second.Json.GetProperty("from_store").GetBoolean());
        Assert.Equal(first.Text("access_token"), second.Text("access_token"));
    }

    [Fact]
    [Trait("Feature", "N13")]
    public async Task Offline_takes_what_the_store_has_and_sends_nothing()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult nothing = await RunAsync(server, "get", "--offline");
        Assert.Equal(ExitCode.Usage, nothing.ExitCode);
        Assert.Contains($"[{AuthErrorId.NoSession}]", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("Call again without --offline", nothing.Error, StringComparison.Ordinal);
        Assert.Empty(server.Server.Requests);

        CliResult first = await RunAsync(server, "get");
        CliResult found = await RunAsync(server, "get", "--offline");
        Assert.Equal(first.Text("access_token"), found.Text("access_token"));
        Assert.Single(server.RequestsTo("/token"));

        CliResult both = await RunAsync(server, "get", "--offline", "--force-refresh");
        Assert.Equal(ExitCode.Usage, both.ExitCode);
    }

    [Fact]
    [Trait("Feature", "N13")]
    public async Task A_persons_session_in_a_store_is_renewed_and_revoked_by_what_it_was_signed_in_with()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult first = await RunAsync(server, "get", person: true);
        CliResult renewed = await RunAsync(server, "update", person: true);
        CliResult revoked = await RunAsync(server, "revoke", person: true);
        CliResult again = await RunAsync(server, "revoke", person: true);

        Assert.NotEqual(first.Text("access_token"), renewed.Text("access_token"));
        Assert.Equal("Confirmed", revoked.Text("refresh_token"));
        Assert.Equal("None", again.Text("refresh_token"));
        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.Equal(2, server.RequestsTo("/revoke").Count);
    }

    private Task<CliResult> RunAsync(DemoServer server, string command, params string[] more) => RunAsync(server, command, person: false, more);

    private Task<CliResult> RunAsync(DemoServer server, string command, bool person, params string[] more) => CliRun.RunAsync(
        [command, "--authority", server.Authority, "--client-id", person ? "desktop" : "nightly", "--store", $"file:{folder}", .. person ? ["--username", "alice"] : Array.Empty<string>(), .. more],
        new Dictionary<string, string>
        {
            ["AUTHMODULE_STORE_KEY"] = "a passphrase of this test",
            [person ? "AUTHMODULE_PASSWORD" : "AUTHMODULE_CLIENT_SECRET"] = person ? DemoServer.AlicePassword : DemoServer.NightlySecret,
        });
}
