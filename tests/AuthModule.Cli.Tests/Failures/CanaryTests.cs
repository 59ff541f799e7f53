using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Failures;

/// <summary>Marked secrets through every command, with everything told that can be told: they come out only where they were asked for.</summary>
public sealed class CanaryTests
{
    private const string ClientSecret = "canary client secret %+/ü";
    private const string Password = "canary password &=?";

    [Fact]
    [Trait("Feature", "N10")]
    [Trait("Feature", "P10")]
    public async Task No_secret_is_in_the_diagnostics_of_flows_that_work()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult client = await server.GetAsync("--debug");
        CliResult person = await server.SignInAsync("--debug", "--all-tokens", "--scope", "openid orders.read");
        CliResult renewed = await server.UpdateAsync(person.Text("refresh_token"), "--debug", "--all-tokens");
        CliResult tested = await server.TestAsync(renewed.Text("access_token"), "--debug");
        CliResult revoked = await CliRun.RunAsync(
            ["revoke", "--authority", server.Authority, "--client-id", "desktop", "--token-stdin", "--debug"],
            [],
            renewed.Text("refresh_token"));

        CliResult[] all = [client, person, renewed, tested, revoked];
        string[] secrets =
        [
            DemoServer.NightlySecret, DemoServer.AlicePassword,
            .. new[] { client, person, renewed }.SelectMany(Tokens),
        ];
        Assert.All(all, static result => Assert.Equal(ExitCode.Done, result.ExitCode));
        Assert.All(all, static result => Assert.Contains("debug: ", result.Error, StringComparison.Ordinal));
        AssertNone(secrets, [.. all.Select(static result => result.Error), tested.Output, revoked.Output]);
        Assert.True(secrets.Length >= 9);
    }

    [Theory]
    [Trait("Feature", "N10")]
    [Trait("Feature", "C4")]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task A_server_that_echoes_what_it_was_sent_gives_nothing_away(int status)
    {
        string echo = JsonSerializer.Serialize(new
        {
            error = "invalid_grant",
            error_description = $"{ClientSecret} and {Password} ({Uri.EscapeDataString(Password)}) are wrong",
        });
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(status, echo));
        string[] arguments =
        [
            "get", "--token-endpoint", server.Address + "token", "--client-id", "portal", "--client-authentication", "post",
            "--username", "alice", "--password-stdin", "--debug", "--maximum-retry-count", "0",
        ];
        Dictionary<string, string> environment = new() { ["AUTHMODULE_CLIENT_SECRET"] = ClientSecret };

        CliResult text = await CliRun.RunAsync(arguments, environment, Password);
        CliResult json = await CliRun.RunAsync([.. arguments, "--json-errors"], environment, Password);

        Assert.NotEqual(ExitCode.Done, text.ExitCode);
        Assert.Contains(Uri.EscapeDataString(Password).Replace("%20", "+", StringComparison.Ordinal), server.Requests[0].Body, StringComparison.Ordinal);
        AssertNone([ClientSecret, Password], [text.All, json.All]);
    }

    // No part of it is long enough to be known by itself: it has to be found as the server writes it.
    [Theory]
    [Trait("Feature", "N10")]
    [Trait("Feature", "C4")]
    [InlineData("html", "Tr&amp;vel&lt;1&gt;&quot;\\x")]
    [InlineData("decimal", "Tr&#38;vel&#60;1&#62;&#34;&#92;x")]
    [InlineData("hexadecimal", "Tr&#x26;vel&#x3C;1&#x3e;&#x22;&#x5c;x")]
    [InlineData("percent", "Tr%26vel%3c1%3e%22%5cx")]
    [InlineData("JSON", "Tr&vel<1>\\\"\\\\x")]
    [InlineData("script", "Tr\\u0026vel\\u003c1\\x3e\\u0022\\u005Cx")]
    [InlineData("mixed", "Tr%26vel&lt;1>\\u0022\\x")]
    public async Task A_short_secret_of_special_letters_is_known_in_the_servers_own_writing(string writing, string echo)
    {
        const string Short = "Tr&vel<1>\"\\x";
        string reply = JsonSerializer.Serialize(new { error = "invalid_grant", error_description = $"as {writing}: [{echo}]" });
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(400, reply));

        CliResult result = await CliRun.RunAsync(
            ["get", "--token-endpoint", server.Address + "token", "--client-id", "portal", "--username", "alice", "--password-stdin", "--debug", "--maximum-retry-count", "0", "--json-errors"],
            [],
            Short);

        Assert.Contains($"as {writing}: [***]", result.All, StringComparison.Ordinal);
        AssertNone([Short, echo, "vel"], [result.All]);
    }

    private static IEnumerable<string> Tokens(CliResult result) =>
        new[] { "access_token", "refresh_token", "id_token" }
            .Where(name => result.Json.TryGetProperty(name, out _))
            .Select(result.Text);

    // As they are, and as they would stand in a form or an address.
    private static void AssertNone(IEnumerable<string> secrets, IReadOnlyList<string> texts)
    {
        foreach (string secret in secrets)
        {
            string[] forms = [secret, Uri.EscapeDataString(secret), System.Net.WebUtility.UrlEncode(secret), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret))];
            Assert.All(texts, text => Assert.All(forms, form => Assert.DoesNotContain(form, text, StringComparison.Ordinal)));
        }
    }
}
