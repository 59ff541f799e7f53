using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Processes;

/// <summary>The built executable, as a shell would see it.</summary>
public sealed class ExitCodeTests
{
    [Fact]
    [Trait("Feature", "N13")]
    public async Task Each_class_of_end_has_its_exit_code()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string[] get = ["get", "--authority", server.Authority, "--client-id", "nightly"];

        CliResult done = await CliProcess.RunAsync([.. get, "--output", "token"], new() { ["AUTHMODULE_CLIENT_SECRET"] = DemoServer.NightlySecret });
        CliResult usage = await CliProcess.RunAsync(["get"]);
        CliResult refused = await CliProcess.RunAsync([.. get, "--client-secret-stdin"], input: "wrong");
        CliResult unavailable = await CliProcess.RunAsync(
            ["get", "--authority", FaultServer.Down.AbsoluteUri, "--client-id", "x", "--maximum-retry-count", "0"]);
        CliResult invalid = await CliProcess.RunAsync(
            ["test", "--authority", server.Authority, "--audience", "nobody", "--token-stdin"],
            input: done.Output);

        Assert.Equal(
            [0, 2, 3, 4, 5],
            new[] { done.ExitCode, usage.ExitCode, refused.ExitCode, unavailable.ExitCode, invalid.ExitCode });
        Assert.Equal(string.Empty, done.Error);
        Assert.All(new[] { usage, refused, unavailable }, static result => Assert.Equal(string.Empty, result.Output));
        Assert.Equal("AudienceMismatch", invalid.Text("failure"));
    }

    [Fact]
    [Trait("Feature", "N13")]
    public async Task Output_is_utf8_without_a_mark()
    {
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(400, """{"error":"invalid_request","error_description":"größer als €"}"""));

        CliResult result = await CliProcess.RunAsync(["get", "--token-endpoint", server.Address + "token", "--client-id", "nightly", "--json-errors"]);

        Assert.StartsWith("{", result.Error, StringComparison.Ordinal);
        Assert.Contains("größer als €", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_a_request_at_once_with_130()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Windows has no signals that one process can send to another.");
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Hang());
        await using CliProcess run = CliProcess.Start(["get", "--token-endpoint", server.Address + "token", "--client-id", "nightly", "--timeout-sec", "600"]);
        await server.ReceivedAsync("/token", cancellationToken);

        using (Process kill = Process.Start("kill", ["-TERM", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        CliResult result = await run.EndAsync();
        Assert.Equal(ExitCode.Interrupted, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains($"[{AuthErrorId.Canceled}", result.Error, StringComparison.Ordinal);
    }
}
