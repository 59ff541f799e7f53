using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

public sealed class UpdateTests
{
    [Fact]
    [Trait("Feature", "N13")]
    public async Task Update_gives_a_new_pair_for_a_refresh_token()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult first = await server.SignInAsync("--all-tokens");

        CliResult second = await server.UpdateAsync(first.Text("refresh_token"));

        Assert.Equal(ExitCode.Done, second.ExitCode);
        Assert.NotEqual(first.Text("access_token"), second.Text("access_token"));
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        CliResult third = await CliRun.RunAsync(
            ["update", "--authority", server.Authority, "--client-id", "desktop", "--output", "token"],
            new Dictionary<string, string> { ["AUTHMODULE_REFRESH_TOKEN"] = second.Text("refresh_token") });
        Assert.Equal(ExitCode.Done, third.ExitCode);
        Assert.Equal(ExitCode.Done, (await server.TestAsync(third.Output.Trim())).ExitCode);
    }

    [Fact]
    public async Task A_spent_refresh_token_is_refused_by_the_server()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string spent = (await server.SignInAsync("--all-tokens")).Text("refresh_token");
        await server.UpdateAsync(spent);

        CliResult result = await server.UpdateAsync(spent);

        Assert.Equal(ExitCode.Refused, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains($"[{AuthErrorId.RefreshTokenExpired}, request ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(spent, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_refresh_token_nothing_is_sent()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await CliRun.RunAsync("update", "--authority", server.Authority, "--client-id", "desktop");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("AUTHMODULE_REFRESH_TOKEN", result.Error, StringComparison.Ordinal);
        Assert.Contains("--refresh-token-stdin", result.Error, StringComparison.Ordinal);
        Assert.Empty(server.Server.Requests);
    }
}
