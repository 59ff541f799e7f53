using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Failures;

/// <summary>Servers that answer nonsense, or not at all: each failure has its id and its exit code, and gives no token away.</summary>
public sealed class BadServerTests
{
    private const string TokenPath = "/token";
    private const string Canary = "c4nary-Secret-value";

    [Fact]
    [Trait("Feature", "P7")]
    public Task An_html_page_is_not_a_token() =>
        FailsAsync(FaultReply.Text(200, "text/html", "<html><body>Please sign in</body></html>"), AuthErrorId.MalformedResponse, ExitCode.Unavailable, "an HTML page instead of JSON");

    [Fact]
    [Trait("Feature", "P7")]
    public Task Truncated_json_is_not_a_token() =>
        FailsAsync(FaultReply.Json(200, """{"access_token":"abc","token_ty"""), AuthErrorId.MalformedResponse, ExitCode.Unavailable, "broken or cut short");

    [Fact]
    [Trait("Feature", "P7")]
    public Task A_connection_that_ends_in_the_middle_of_the_body_is_not_a_token() =>
        FailsAsync(FaultReply.Json(200, """{"access_token":"abc","token_type":"Bearer"}""").CutAt(120), AuthErrorId.NetworkFailure, ExitCode.Unavailable);

    [Fact]
    [Trait("Feature", "P7")]
    public Task An_empty_body_is_not_a_token() =>
        FailsAsync(FaultReply.Json(200, string.Empty), AuthErrorId.MalformedResponse, ExitCode.Unavailable, "an empty body");

    [Fact]
    public Task Json_without_a_token_is_not_a_token() =>
        FailsAsync(FaultReply.Json(200, """{"token_type":"Bearer"}"""), AuthErrorId.MalformedResponse, ExitCode.Unavailable, "no access token");

    [Fact]
    public Task A_429_says_how_long_to_wait() =>
        FailsAsync(FaultReply.Json(429, """{"error":"slow_down"}""", "Retry-After: 7"), AuthErrorId.RateLimited, ExitCode.Refused, "wait 7 seconds");

    [Fact]
    public Task A_500_is_the_servers_fault() =>
        FailsAsync(FaultReply.Text(500, "text/html", "<h1>Internal Server Error</h1>"), AuthErrorId.ServerError, ExitCode.Unavailable);

    [Fact]
    [Trait("Feature", "P12")]
    public Task A_server_that_never_answers_is_given_up() =>
        FailsAsync(FaultReply.Hang(), AuthErrorId.Timeout, ExitCode.Unavailable, "within 1 seconds", "--timeout-sec", "1");

    [Fact]
    [Trait("Feature", "P12")]
    public Task A_server_that_stops_in_the_middle_is_given_up() =>
        FailsAsync(FaultReply.HangInBody("""{"access_token":"""), AuthErrorId.Timeout, ExitCode.Unavailable, "within 1 seconds", "--timeout-sec", "1");

    [Fact]
    public Task A_dropped_connection_is_a_network_failure() =>
        FailsAsync(FaultReply.Drop(), AuthErrorId.NetworkFailure, ExitCode.Unavailable);

    [Fact]
    [Trait("Feature", "P12")]
    public async Task A_redirect_gets_no_credentials()
    {
        await using FaultServer elsewhere = FaultServer.Start().On(TokenPath, FaultReply.Json(200, """{"access_token":"abc"}"""));

        await FailsAsync(FaultReply.Redirect(elsewhere.Address + "token?next=1"), AuthErrorId.RedirectRefused, ExitCode.Unavailable, elsewhere.Address + "token (302)");

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_server_that_is_down_is_named()
    {
        Uri address = FaultServer.Down;

        CliResult result = await GetAsync(address, "--maximum-retry-count", "0");

        AssertFailure(result, AuthErrorId.NetworkFailure, ExitCode.Unavailable);
        Assert.Contains($"127.0.0.1:{address.Port}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "P9")]
    public async Task A_certificate_that_does_not_verify_gets_no_credentials()
    {
        await using DemoServer server = await DemoServer.StartAsync(static options => options with { Address = new Uri("https://127.0.0.1:0") });

        CliResult refused = await server.GetAsync();

        AssertFailure(refused, AuthErrorId.TlsFailure, ExitCode.Unavailable);
        Assert.Contains("--ca-certificate", refused.Error, StringComparison.Ordinal);
        Assert.Empty(server.Server.Requests);
        Assert.Equal(ExitCode.Done, (await server.GetAsync("--skip-certificate-check")).ExitCode);
    }

    [Fact]
    [Trait("Feature", "C11")]
    public async Task A_wrong_client_secret_is_told_from_a_wrong_password()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult client = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "nightly"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = Canary });
        CliResult person = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "desktop", "--username", "alice", "--password-stdin"],
            [],
            Canary);

        AssertFailure(client, AuthErrorId.InvalidClient, ExitCode.Refused);
        AssertFailure(person, AuthErrorId.InvalidCredentials, ExitCode.Refused);
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again()
    {
        await using FaultServer server = FaultServer.Start().On(
            TokenPath,
            FaultReply.Json(503, "{}", "Retry-After: 0"),
            FaultReply.Json(200, """{"access_token":"abc","token_type":"Bearer","expires_in":60}"""));

        CliResult result = await GetAsync(server.Address, "--maximum-retry-count", "1", "--output", "token");

        Assert.Equal((ExitCode.Done, "abc\n"), (result.ExitCode, result.Output));
        Assert.Equal(2, server.CountOf(TokenPath));
    }

    private static async Task FailsAsync(FaultReply reply, string id, int exitCode, string? says = null, params string[] more)
    {
        await using FaultServer server = FaultServer.Start().On(TokenPath, reply);

        CliResult result = await GetAsync(server.Address, [.. more, "--maximum-retry-count", "0"]);

        AssertFailure(result, id, exitCode);
        Assert.Contains(says ?? server.Address.Authority, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, server.CountOf(TokenPath));
    }

    private static Task<CliResult> GetAsync(Uri server, params string[] more) => CliRun.RunAsync(
        ["get", "--token-endpoint", new Uri(server, "token").AbsoluteUri, "--client-id", "nightly", .. more],
        new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = Canary });

    private static void AssertFailure(CliResult result, string id, int exitCode)
    {
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains($"[{id}", result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.DoesNotContain(Canary, result.Error, StringComparison.Ordinal);
    }
}
