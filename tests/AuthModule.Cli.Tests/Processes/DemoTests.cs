using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Processes;

public sealed class DemoTests
{
    [Fact]
    [Trait("Feature", "N13")]
    [Trait("Feature", "C15")]
    public async Task The_demo_shows_the_main_job_and_leaves_nothing_running()
    {
        // Ends when the process has and nothing else holds its output: a child that it left behind would.
        CliResult result = await CliProcess.RunAsync(["demo"]);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(string.Empty, result.Error);
        Assert.DoesNotContain("✗", result.Output, StringComparison.Ordinal);
        Assert.All(
            new[]
            {
                "POST  /token                             200  Authorization: Basic ***",
                "nothing was sent",
                "password=***",
                "refresh_token=***",
                "refused: [SignatureInvalid]",
                "refused: [IssuerMismatch]",
                "refused: [TokenExpired]",
                "refused: [InvalidClient]",
                "POST  /revoke ",
                "introspection says: not active",
                "the API answers 401",
                "nothing left running",
            },
            step => Assert.Contains(step, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_demo_fits_100_columns_without_colours_where_it_is_not_a_terminal()
    {
        CliResult result = await CliRun.RunAsync("demo");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.All(result.Output.Split('\n'), static line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public async Task The_users_own_settings_do_not_reach_the_demo()
    {
        CliResult result = await CliRun.RunAsync(["demo"], new Dictionary<string, string>
        {
            ["AUTHMODULE_AUTHORITY"] = "https://id.contoso.com",
            ["AUTHMODULE_PROVIDER"] = "keycloak",
            ["AUTHMODULE_CLIENT_SECRET"] = "x",
        });

        Assert.Equal(ExitCode.Done, result.ExitCode);
    }
}
