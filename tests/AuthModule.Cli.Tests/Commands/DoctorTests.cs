using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

public sealed class DoctorTests
{
    [Fact]
    [Trait("Feature", "N17")]
    [Trait("Feature", "N13")]
    public async Task Doctor_prints_one_json_object_with_every_step()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await DoctorAsync(server.Authority, DemoServer.NightlySecret, "--client-id", "nightly", "--scope", "orders.read");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(string.Empty, result.Error);
        Assert.Single(result.Output.TrimEnd('\n').Split('\n'));
        Assert.True(result.Json.GetProperty("passed").GetBoolean());
        JsonElement[] checks = [.. result.Json.GetProperty("checks").EnumerateArray()];
        Assert.Equal(17, checks.Length);
        JsonElement signIn = checks.Single(static check => check.GetProperty("name").GetString() == "SignIn");
        Assert.True(signIn.GetProperty("passed").GetBoolean());
        JsonElement tls = checks.Single(static check => check.GetProperty("name").GetString() == "Tls");
        Assert.False(tls.GetProperty("was_run").GetBoolean());
        Assert.False(tls.TryGetProperty("passed", out _));
        Assert.Equal(2, server.RequestsTo("/token").Count + server.RequestsTo("/revoke").Count);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task The_exit_code_is_that_of_the_first_fault()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult configuration = await DoctorAsync("ftp://id.contoso.com", null);
        CliResult refused = await DoctorAsync(server.Authority, "wrong", "--client-id", "nightly");
        CliResult down = await DoctorAsync(FaultServer.Down.AbsoluteUri, null);

        Assert.Equal((ExitCode.Usage, "InvalidUrl"), (configuration.ExitCode, configuration.Text("failure")));
        Assert.Equal((ExitCode.Refused, "InvalidClient"), (refused.ExitCode, refused.Text("failure")));
        Assert.Equal((ExitCode.Unavailable, "NetworkFailure"), (down.ExitCode, down.Text("failure")));
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Text_tells_each_step_and_speaks_of_options()
    {
        await using FaultServer server = FaultServer.Start();

        CliResult result = await DoctorAsync(server.Address.AbsoluteUri, null, "--output", "text");

        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Matches("^Address +ok +http://127", lines[0]);
        Assert.Contains(lines, static line => line.StartsWith("Discovery             FAIL", StringComparison.Ordinal));
        Assert.Contains("-> Check --authority; where the service has no discovery, use --provider oauth2 with --token-endpoint.", System.Text.RegularExpressions.Regex.Replace(result.Output, @"\s+", " "), StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.True(line.Length <= 80 || !line[30..].Contains(' ', StringComparison.Ordinal), line));
        Assert.DoesNotMatch(@"(?<![\w-])-[A-Z]", result.Output);
    }

    [Fact]
    [Trait("Feature", "N17")]
    [Trait("Feature", "N10")]
    public async Task Nothing_in_the_report_is_secret()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult good = await DoctorAsync(server.Authority, DemoServer.NightlySecret, "--client-id", "nightly", "--debug");
        CliResult bad = await DoctorAsync(server.Authority, "wrong-canary-1", "--client-id", "nightly", "--debug");

        // Tokens of this server are JWTs, which begin with these letters.
        Assert.Single(server.RequestsTo("/revoke"));
        Assert.All(
            new[] { DemoServer.NightlySecret, Uri.EscapeDataString(DemoServer.NightlySecret), "canary", "eyJ" },
            secret => Assert.DoesNotContain(secret, good.All + bad.All, StringComparison.Ordinal));
    }

    private static Task<CliResult> DoctorAsync(string authority, string? secret, params string[] more) => CliRun.RunAsync(
        ["doctor", "--authority", authority, .. more],
        secret is null ? [] : new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = secret });
}
