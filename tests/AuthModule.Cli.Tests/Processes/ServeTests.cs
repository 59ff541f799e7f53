using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using AuthModule.TestKit.Browsers;
using Xunit;

namespace AuthModule.Cli.Tests.Processes;

public sealed class ServeTests
{
    [Fact]
    [Trait("Feature", "N13")]
    [Trait("Feature", "C15")]
    public async Task Serve_prints_one_line_gives_tokens_and_ends_with_its_stdin()
    {
        await using CliProcess server = CliProcess.Start(["serve", "--until-stdin-closes", "--token-format", "opaque", "--access-lifetime", "90"]);
        var line = JsonSerializer.Deserialize<JsonElement>(await server.ReadLineAsync() ?? string.Empty);
        string authority = line.GetProperty("base_address").GetString()!;
        JsonElement client = line.GetProperty("clients").EnumerateArray().First(static client => client.GetProperty("client_id").GetString() == "nightly");

        CliResult token = await CliRun.RunAsync(
            ["get", "--authority", authority, "--client-id", "nightly"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = client.GetProperty("client_secret").GetString()! });
        server.Input.Close();
        CliResult end = await server.EndAsync();

        Assert.Equal(ExitCode.Done, token.ExitCode);
        Assert.DoesNotContain('.', token.Text("access_token"));
        Assert.InRange(token.Json.GetProperty("expires_in").GetInt64(), 1, 90);
        Assert.Equal((ExitCode.Done, string.Empty), (end.ExitCode, end.Output));
        Assert.Contains("For development and tests only", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N10")]
    public async Task Serve_writes_no_secret_code_or_token_of_a_request_anywhere()
    {
        await using CliProcess server = CliProcess.Start(["serve", "--until-stdin-closes", "--poll-interval", "1"]);
        var line = JsonSerializer.Deserialize<JsonElement>(await server.ReadLineAsync() ?? string.Empty);
        string authority = line.GetProperty("issuer").GetString()!;
        JsonElement portal = line.GetProperty("clients").EnumerateArray().First(static client => client.GetProperty("client_id").GetString() == "portal");
        JsonElement alice = line.GetProperty("users")[0];
        using var http = new HttpClient();
        async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(static field => new KeyValuePair<string, string>(field.Name, field.Value)));
            using HttpResponseMessage reply = await http.PostAsync(authority + path, form, TestContext.Current.CancellationToken);
            return JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        string secret = portal.GetProperty("client_secret").GetString()!;
        string password = alice.GetProperty("password").GetString()!;
        JsonElement tokens = await PostAsync("/token", ("grant_type", "password"), ("client_id", "portal"), ("client_secret", secret), ("username", "alice"), ("password", password));
        JsonElement device = await PostAsync("/device_authorization", ("client_id", "desktop"));
        using var walk = new PageWalk();
        await walk.OpenAsync(new Uri(device.GetProperty("verification_uri_complete").GetString()!));
        await walk.SubmitAsync(("user_code", device.GetProperty("user_code").GetString()!));
        await walk.SignInAsync("alice", password);
        await walk.AnswerAsync("allow");
        JsonElement later = await PostAsync("/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "desktop"), ("device_code", device.GetProperty("device_code").GetString()!));
        string home = await http.GetStringAsync(new Uri(authority), TestContext.Current.CancellationToken);
        server.Input.Close();
        CliResult end = await server.EndAsync();

        Assert.Contains("grant_type=password", home, StringComparison.Ordinal);
        string[] canaries =
        [
            secret, password, device.GetProperty("device_code").GetString()!, device.GetProperty("user_code").GetString()!,
            .. new[] { tokens, later }.SelectMany(static reply => new[] { "access_token", "refresh_token" }.Select(name => reply.GetProperty(name).GetString()!)),
        ];
        Assert.All(canaries, canary => Assert.DoesNotContain(canary, home + end.Output + end.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_listens_for_this_machine_only_unless_it_is_told_otherwise()
    {
        CliResult result = await CliRun.RunAsync("serve", "--urls", "http://0.0.0.0:0");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("--allow-remote", result.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, result.Output);
    }

    [Fact]
    public async Task Serve_with_https_prints_the_authority_to_trust()
    {
        await using CliProcess server = CliProcess.Start(["serve", "--until-stdin-closes", "--urls", "https://127.0.0.1:0"]);

        var line = JsonSerializer.Deserialize<JsonElement>(await server.ReadLineAsync() ?? string.Empty);

        Assert.StartsWith("https://127.0.0.1:", line.GetProperty("base_address").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", line.GetProperty("ca_certificate").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", line.GetProperty("client_certificate").GetProperty("certificate").GetString(), StringComparison.Ordinal);
        Assert.Contains(line.GetProperty("clients").EnumerateArray(), static client => client.GetProperty("client_id").GetString() == "machine");
    }

    [Fact]
    [Trait("Feature", "N13")]
    public async Task Serve_tells_how_to_try_each_provider()
    {
        await using CliProcess server = CliProcess.Start(["serve", "--until-stdin-closes", "--dialect", "as-coded", "--requests-per-minute", "5"]);

        var line = JsonSerializer.Deserialize<JsonElement>(await server.ReadLineAsync() ?? string.Empty);

        Assert.All(
            line.GetProperty("providers").EnumerateObject(),
            provider => Assert.StartsWith(line.GetProperty("issuer").GetString()!, provider.Value.GetProperty("authority").GetString(), StringComparison.Ordinal));
        Assert.False(line.TryGetProperty("client_certificate", out _));
    }
}
