using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

public sealed class ProfileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-test-").FullName;

    [Fact]
    [Trait("Feature", "N13")]
    [Trait("Feature", "C14")]
    public async Task A_profile_gets_updates_and_tests_as_options_would()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        Write(server, """{ "env": "NIGHTLY" }""");

        CliResult named = await RunAsync(["get", "--profile", "nightly"]);
        CliResult byEnvironment = await RunAsync(["get", "--scope", "orders.write"], ("AUTHMODULE_PROFILE", "nightly"));
        CliResult tested = await RunAsync(["test", "--profile", "nightly", "--audience", "orders"], ("AUTHMODULE_TOKEN", named.Text("access_token")));
        CliResult revoked = await RunAsync(["revoke", "--profile", "nightly"], ("AUTHMODULE_TOKEN", named.Text("access_token")));

        Assert.Equal(("orders.read", "orders.write"), (named.Text("scope"), byEnvironment.Text("scope")));
        Assert.Equal(ExitCode.Done, tested.ExitCode);
        Assert.Equal(ExitCode.Done, revoked.ExitCode);
    }

    [Fact]
    [Trait("Feature", "N13")]
    public async Task A_vault_is_a_clear_error()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        Write(server, """{ "vault": "Team", "secret": "nightly" }""");

        CliResult result = await RunAsync(["get", "--profile", "nightly"]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("vaults of SecretManagement exist in PowerShell only", result.Error, StringComparison.Ordinal);
        Assert.Contains("[InvalidProfile]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N10")]
    public async Task A_secret_in_the_file_is_refused_and_not_repeated()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        Write(server, "\"hunter2-canary\"");

        CliResult result = await RunAsync(["get", "--profile", "nightly", "--debug"]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("line 1, field profiles.nightly.clientSecret", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.All, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(DemoServer server, string secret) => File.WriteAllText(
        Path.Combine(folder, "profiles.json"),
        $$"""{ "profiles": { "nightly": { "authority": "{{server.Authority}}", "clientId": "nightly", "scope": "orders.read", "clientSecret": {{secret}} } } }""");

    private Task<CliResult> RunAsync(string[] arguments, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string> { ["AUTHMODULE_CONFIG"] = folder, ["NIGHTLY"] = DemoServer.NightlySecret };
        foreach ((string name, string value) in more)
        {
            environment[name] = value;
        }

        return CliRun.RunAsync(arguments, environment);
    }
}
