using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

public sealed class RevokeTests
{
    [Fact]
    [Trait("Feature", "N13")]
    public async Task A_revoked_token_is_inactive_at_the_server()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string token = (await server.GetAsync("--output", "token")).Output.TrimEnd('\n');
        Assert.True((await server.Server.State.Issuer.FindAsync(token, TestContext.Current.CancellationToken)).IsActive);

        CliResult result = await CliRun.RunAsync(
            ["revoke", "--authority", server.Authority, "--client-id", "nightly", "--token-stdin"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = DemoServer.NightlySecret },
            token);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal("Confirmed", result.Text("access_token"));
        Assert.False((await server.Server.State.Issuer.FindAsync(token, TestContext.Current.CancellationToken)).IsActive);
        Assert.DoesNotContain(token, result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_client_revokes_nothing()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string token = (await server.GetAsync("--output", "token")).Output.TrimEnd('\n');

        CliResult result = await CliRun.RunAsync(
            ["revoke", "--authority", server.Authority, "--client-id", "nightly", "--token-stdin"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = "wrong" },
            token);

        Assert.Equal(ExitCode.Refused, result.ExitCode);
        Assert.Equal("Failed", result.Text("access_token"));
        Assert.Contains($"[{AuthErrorId.InvalidClient}, request ", result.Error, StringComparison.Ordinal);
        Assert.True((await server.Server.State.Issuer.FindAsync(token, TestContext.Current.CancellationToken)).IsActive);
    }

    [Fact]
    public async Task A_service_that_cannot_revoke_is_not_a_success()
    {
        CliResult result = await CliRun.RunAsync(
            ["revoke", "--token-endpoint", FaultServer.Down + "token", "--client-id", "nightly"],
            new Dictionary<string, string> { ["AUTHMODULE_TOKEN"] = "some-token" });

        Assert.Equal(ExitCode.Refused, result.ExitCode);
        Assert.Equal("Unsupported", result.Text("access_token"));
        Assert.Contains("works until it ends", result.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_it_says_where_one_belongs()
    {
        CliResult result = await CliRun.RunAsync("revoke", "--authority", "id.contoso.com");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("set AUTHMODULE_TOKEN, or pass it on stdin with --token-stdin", result.Error, StringComparison.Ordinal);
    }
}
