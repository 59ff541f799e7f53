using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>Secrets of a provider's own reach it by environment or stdin, and are seen nowhere.</summary>
public sealed class SecretParameterTests
{
    [Theory]
    [Trait("Feature", "S11")]
    [InlineData("--parameter-env", "app_secret=MY_APP_SECRET", "")]
    [InlineData("--parameter-stdin", "app_secret", "zeta-of-app\n")]
    public async Task They_come_by_environment_or_stdin_and_are_masked(string option, string value, string input)
    {
        await using FaultServer server = FaultServer.Start().On(
            "/token", FaultReply.Json(400, """{"error":"x","error_description":"app_secret zeta-of-app is unknown\u001b[2J\u202e"}"""));
        string[] arguments =
            ["get", "--provider", "oauth2", "--authority", server.Address.ToString(), "--token-endpoint", $"{server.Address}token", "--client-id", "c", option, value, "--debug"];
        var environment = new Dictionary<string, string> { ["MY_APP_SECRET"] = "zeta-of-app", ["AUTHMODULE_CLIENT_SECRET"] = "the-secret" };

        CliResult text = await CliRun.RunAsync(arguments, environment, input);
        CliResult json = await CliRun.RunAsync([.. arguments, "--json-errors"], environment, input);

        Assert.All(server.Requests, request => Assert.Contains("app_secret=zeta-of-app", request.Body, StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count);
        foreach (CliResult result in new[] { text, json })
        {
            Assert.Contains("app_secret *** is unknown", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("zeta", result.All, StringComparison.Ordinal);
            Assert.DoesNotContain(result.All, static c => c is '\u001b' or '\u202e');
        }
    }

    [Fact]
    [Trait("Feature", "S11")]
    public async Task Two_secrets_do_not_share_stdin()
    {
        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", "id.example", "--client-id", "c", "--client-secret-stdin", "--parameter-stdin", "app_secret"], [], "x");
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("cannot both read stdin", result.Error, StringComparison.Ordinal);
    }
}
