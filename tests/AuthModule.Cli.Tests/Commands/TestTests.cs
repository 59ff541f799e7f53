using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

public sealed class TestTests
{
    [Fact]
    [Trait("Feature", "N13")]
    public async Task A_good_token_passes_every_check()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string token = (await server.SignInAsync("--output", "token")).Output.TrimEnd('\n');

        CliResult result = await server.TestAsync(
            token, "--audience", "orders", "--client-id", "desktop", "--required-scope", "orders.read", "--required-group", "sales", "--required-claim", "sub=alice", "--required-claim", "sub=bob");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.True(result.Json.GetProperty("is_valid").GetBoolean());
        Assert.Equal(200, result.Json.GetProperty("status_code").GetInt32());
        Assert.Equal("alice", result.Text("subject"));
        Assert.Equal("orders", result.Json.GetProperty("claims").GetProperty("aud").GetString());
        Assert.All(result.Json.GetProperty("checks").EnumerateArray(), static check => Assert.True(check.GetProperty("passed").GetBoolean()));
        Assert.DoesNotContain(token, result.All, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "N13")]
    [Trait("Feature", "C13")]
    [InlineData(AuthErrorId.AudienceMismatch, 401, "--audience", "invoices")]
    [InlineData(AuthErrorId.IssuerMismatch, 401, "--issuer", "https://id.other.example")]
    [InlineData(AuthErrorId.ClientMismatch, 401, "--client-id", "portal")]
    [InlineData(AuthErrorId.TokenUseMismatch, 401, "--token-use", "id")]
    [InlineData(AuthErrorId.InsufficientScope, 403, "--required-scope", "orders.delete")]
    [InlineData(AuthErrorId.ClaimMismatch, 403, "--required-claim", "sub=bob")]
    public async Task A_token_that_breaks_a_rule_ends_with_5_and_its_reason(string id, int status, string option, string value)
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string token = (await server.SignInAsync("--output", "token")).Output.TrimEnd('\n');

        CliResult result = await server.TestAsync(token, option, value);

        Assert.Equal(ExitCode.NotValid, result.ExitCode);
        Assert.Equal(id, result.Text("failure"));
        Assert.Equal(status, result.Json.GetProperty("status_code").GetInt32());
        Assert.StartsWith("Bearer error=", result.Text("www_authenticate"), StringComparison.Ordinal);
        JsonElement failed = Assert.Single(result.Json.GetProperty("checks").EnumerateArray(), static check => !check.GetProperty("passed").GetBoolean());
        Assert.Equal(id, failed.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_tampered_token_and_an_expired_one_are_told_apart()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string token = (await server.GetAsync("--output", "token")).Output.TrimEnd('\n');
        string[] parts = token.Split('.');
        string other = (await server.SignInAsync("--output", "token")).Output.Split('.')[1];
        DateTimeOffset before = DateTimeOffset.UtcNow.AddHours(-2);
        string expired = server.Server.State.Keys.Sign(
            new Dictionary<string, object?>
            {
                ["iss"] = server.Authority,
                ["sub"] = "alice",
                ["aud"] = "orders",
                ["client_id"] = "desktop",
                ["jti"] = "1",
                ["iat"] = before.ToUnixTimeSeconds(),
                ["exp"] = before.AddHours(1).ToUnixTimeSeconds(),
            },
            "at+jwt");

        CliResult tampered = await server.TestAsync($"{parts[0]}.{other}.{parts[2]}");
        CliResult old = await server.TestAsync(expired);
        CliResult offline = await CliRun.RunAsync(["test", "--offline", "--output", "text"], new Dictionary<string, string> { ["AUTHMODULE_TOKEN"] = expired });

        Assert.Equal((ExitCode.NotValid, AuthErrorId.SignatureInvalid), (tampered.ExitCode, tampered.Text("failure")));
        Assert.Equal((ExitCode.NotValid, AuthErrorId.TokenExpired), (old.ExitCode, old.Text("failure")));
        Assert.Equal(ExitCode.NotValid, offline.ExitCode);
        Assert.StartsWith("TokenExpired\n", offline.Output, StringComparison.Ordinal);
        Assert.Contains("   Lifetime  FAIL  ", offline.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "C13")]
    [Trait("Feature", "N13")]
    public async Task A_requests_header_is_told_what_to_answer()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string header = (await server.GetAsync("--scope", "orders.read", "--output", "header")).Output.Split(": ")[1];
        Task<CliResult> TestAsync(string sent, params string[] more) =>
            CliRun.RunAsync(["test", "--authority", server.Authority, "--authorization-header-stdin", .. more], [], sent);

        CliResult good = await TestAsync(header);
        CliResult tooLittle = await TestAsync(header, "--required-scope", "orders.write");
        CliResult otherScheme = await TestAsync("Basic YTpi");

        Assert.Equal((ExitCode.Done, 200), (good.ExitCode, good.Json.GetProperty("status_code").GetInt32()));
        Assert.Equal((ExitCode.NotValid, 403), (tooLittle.ExitCode, tooLittle.Json.GetProperty("status_code").GetInt32()));
        Assert.Contains("scope=\"orders.write\"", tooLittle.Text("www_authenticate"), StringComparison.Ordinal);
        Assert.Equal((ExitCode.NotValid, 401), (otherScheme.ExitCode, otherScheme.Json.GetProperty("status_code").GetInt32()));
        Assert.Equal("Bearer", otherScheme.Text("www_authenticate"));
    }

    [Fact]
    public async Task Keys_from_a_file_need_no_server()
    {
        string path = Path.GetTempFileName();
        string token;
        try
        {
            await using (DemoServer server = await DemoServer.StartAsync())
            {
                token = (await server.GetAsync("--output", "token")).Output.TrimEnd('\n');
                await File.WriteAllTextAsync(path, server.Server.State.Keys.ToJwks(), TestContext.Current.CancellationToken);
            }

            Dictionary<string, string> environment = new() { ["AUTHMODULE_TOKEN"] = token };
            string issuer = JsonSerializer.Deserialize<JsonElement>(Convert.FromBase64String(Padded(token.Split('.')[1]))).GetProperty("iss").GetString()!;
            CliResult right = await CliRun.RunAsync(["test", "--jwks", path, "--issuer", issuer], environment);
            CliResult wrong = await CliRun.RunAsync(["test", "--jwks", path, "--issuer", "https://id.other.example"], environment);

            Assert.Equal(ExitCode.Done, right.ExitCode);
            Assert.Equal(AuthErrorId.IssuerMismatch, wrong.Text("failure"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Without_the_keys_there_is_no_verdict()
    {
        CliResult result = await CliRun.RunAsync(
            ["test", "--authority", FaultServer.Down.AbsoluteUri, "--maximum-retry-count", "0", "--token-stdin"],
            [],
            "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhIn0.c2ln");

        Assert.Equal(ExitCode.Unavailable, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
    }

    private static string Padded(string base64Url) =>
        base64Url.Replace('-', '+').Replace('_', '/').PadRight((base64Url.Length + 3) / 4 * 4, '=');
}
