using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using AuthModule.TestKit.Browsers;
using AuthModule.TestServer.Hosting;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>Every way to sign in, on the embedded server.</summary>
public sealed class WayTests
{
    [Fact]
    [Trait("Feature", "U4")]
    public async Task A_device_code_is_told_with_its_address_and_a_qr_code_and_is_answered_elsewhere()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo() with { PollInterval = TimeSpan.FromSeconds(1) };
        await using DemoServer server = await DemoServer.StartAsync(_ => options);
        Task? person = null;

        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "desktop", "--scope", "orders.read", "--device-code"],
            [],
            TextReader.Null,
            line => person ??= line.StartsWith("  code ", StringComparison.Ordinal) ? AnswerAsync(server, options, line[7..].Trim()) : null);

        await (person ?? Task.FromException(new InvalidOperationException(result.Error)));
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal("alice", result.Text("subject"));
        Assert.Contains($"  address  {server.Authority}/device", result.Error, StringComparison.Ordinal);
        Assert.Contains('█', result.Error);
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task The_address_of_an_interactive_sign_in_is_told_where_no_browser_opens_and_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux is without a screen");
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo();
        await using DemoServer server = await DemoServer.StartAsync(_ => options);
        Task? person = null;

        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "desktop", "--scope", "orders.read", "--interactive", "--login-hint", "alice"],
            [],
            TextReader.Null,
            line => person ??= line.Contains("/authorize?", StringComparison.Ordinal) ? VisitAsync(new Uri(line.Trim()), options, followsBack: true) : null);

        await (person ?? Task.FromException(new InvalidOperationException(result.Error)));
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal("alice", result.Text("subject"));
        Assert.Contains("Open the address above yourself", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task A_browser_elsewhere_hands_its_address_back_on_stdin()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo();
        await using DemoServer server = await DemoServer.StartAsync(_ => options);
        var answer = new TaskCompletionSource<string>();

        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "desktop", "--scope", "orders.read", "--callback-stdin", "--redirect-uri", "http://127.0.0.1:7000/back"],
            [],
            new WaitingReader(answer.Task),
            line => _ = line.Contains("/authorize?", StringComparison.Ordinal) ? HandOverAsync(line.Trim()) : null);

        async Task HandOverAsync(string address)
        {
            try
            {
                answer.SetResult(await VisitAsync(new Uri(address), options, followsBack: false));
            }
            catch (Exception failure)
            {
                answer.SetException(failure);
                throw;
            }
        }

        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        Assert.Equal("alice", result.Text("subject"));
        Assert.DoesNotContain((await answer.Task).Split("code=")[1].Split('&')[0], result.All, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U4")]
    [Trait("Feature", "N10")]
    public async Task A_token_is_exchanged_by_environment_or_stdin_and_is_in_no_output()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo();
        await using DemoServer server = await DemoServer.StartAsync(_ => options);
        string subject = (await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "desktop", "--username", "alice", "--password-stdin", "--scope", "orders.read"],
            [],
            PasswordOf(options))).Text("access_token");
        string[] arguments = ["get", "--authority", server.Authority, "--client-id", "gateway", "--scope", "orders.read", "--debug"];
        string secret = options.Clients.Single(static client => client.Id == "gateway").Secret!.Reveal();

        CliResult byEnvironment = await CliRun.RunAsync(arguments, new() { ["AUTHMODULE_CLIENT_SECRET"] = secret, ["AUTHMODULE_SUBJECT_TOKEN"] = subject });
        CliResult byStdin = await CliRun.RunAsync([.. arguments, "--subject-token-stdin", "--subject-token-type", "access_token"], new() { ["AUTHMODULE_CLIENT_SECRET"] = secret }, subject);

        Assert.All(new[] { byEnvironment, byStdin }, result =>
        {
            Assert.True(result.ExitCode == ExitCode.Done, result.Error);
            Assert.Equal("alice", result.Text("subject"));
            Assert.DoesNotContain(subject, result.All, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, result.All, StringComparison.Ordinal);
        });
        Assert.Equal(2, server.RequestsTo("/token").Count(static request => request.Fields.Any(static field => field.Value == "urn:ietf:params:oauth:grant-type:token-exchange")));
    }

    [Theory]
    [Trait("Feature", "U4")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", "AUTHMODULE_ASSERTION", null)]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", null, "--assertion-stdin")]
    public async Task An_assertion_goes_as_the_grant_says(string grant, string? variable, string? option)
    {
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(200, """{"access_token":"of-the-assertion","token_type":"Bearer","expires_in":60}"""));
        string assertion = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.canary-signature";

        CliResult result = await CliRun.RunAsync(
            ["get", "--token-endpoint", server.Address + "token", "--client-id", "portal", "--output", "token", "--debug", .. option is null ? Array.Empty<string>() : [option]],
            variable is null ? [] : new() { [variable] = assertion },
            option is null ? string.Empty : assertion);

        Assert.Equal("of-the-assertion\n", result.Output);
        Assert.Contains("grant_type=" + Uri.EscapeDataString(grant), server.Requests.Single().Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("assertion=" + assertion, server.Requests.Single().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-signature", result.All, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task A_workload_reads_its_assertion_from_a_file()
    {
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(200, """{"access_token":"of-the-workload","token_type":"Bearer","expires_in":60}"""));
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3b3JrIn0.x\n", TestContext.Current.CancellationToken);

            CliResult result = await CliRun.RunAsync("get", "--token-endpoint", server.Address + "token", "--client-id", "job", "--assertion-source", "file:" + path, "--output", "token");

            Assert.Equal("of-the-workload\n", result.Output);
            Assert.Contains("client_assertion=eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3b3JrIn0.x", server.Requests.Single().Body, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [Trait("Feature", "U4")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_api_key_comes_by_environment_or_stdin(bool byEnvironment)
    {
        CliResult result = await CliRun.RunAsync(
            ["get", "--provider", "mosaia", "--output", "header", .. byEnvironment ? Array.Empty<string>() : ["--api-key-stdin"]],
            byEnvironment ? new() { ["AUTHMODULE_API_KEY"] = "key-of-the-shop" } : [],
            byEnvironment ? string.Empty : "key-of-the-shop\n");

        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        Assert.Contains("key-of-the-shop", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "U4")]
    [InlineData("--managed-identity", "managed_identity")]
    [InlineData("--device-code", "device_code")]
    [InlineData("--interactive", "interactive")]
    public async Task A_way_that_a_provider_lacks_is_told_with_those_that_it_has(string option, string grant)
    {
        CliResult result = await CliRun.RunAsync("get", "--provider", "pynomaly", "--authority", "127.0.0.1:9", option);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains($"[{AuthErrorId.UnsupportedGrant}]", result.Error, StringComparison.Ordinal);
        Assert.Contains(grant, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task A_login_hint_asks_the_person_on_their_own_device()
    {
        EmbeddedServerOptions options = EmbeddedServerOptions.Demo() with { PollInterval = TimeSpan.FromSeconds(1) };
        await using DemoServer server = await DemoServer.StartAsync(_ => options);

        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "gateway", "--scope", "orders.read", "--login-hint", "nobody", "--binding-message", "W4SCT"],
            new() { ["AUTHMODULE_CLIENT_SECRET"] = options.Clients.Single(static client => client.Id == "gateway").Secret!.Reveal() });

        Assert.Equal(ExitCode.Refused, result.ExitCode);
        ServedRequest asked = server.Server.Requests.Last();
        Assert.Contains(asked.Fields, static field => field is { Name: "login_hint", Value: "nobody" });
        Assert.Contains(asked.Fields, static field => field.Name == "binding_message");
    }

    private static string PasswordOf(EmbeddedServerOptions options) => options.Users.Single(static user => user.Name == "alice").Password.Reveal();

    private static async Task AnswerAsync(DemoServer server, EmbeddedServerOptions options, string code)
    {
        using var walk = new PageWalk();
        await walk.OpenAsync(new Uri(server.Authority + "/device?user_code=" + Uri.EscapeDataString(code)));
        for (int page = 0; page < 4 && walk.Page is "device" or "sign-in" or "consent"; page++)
        {
            await (walk.Page switch
            {
                "device" => walk.SubmitAsync(("user_code", code)),
                "sign-in" => walk.SignInAsync("alice", PasswordOf(options)),
                _ => walk.AnswerAsync("allow"),
            });
        }
    }

    // The address that the browser is sent to.
    private static async Task<string> VisitAsync(Uri address, EmbeddedServerOptions options, bool followsBack)
    {
        using var walk = new PageWalk();
        await walk.OpenAsync(address);
        await walk.SignInAsync("alice", PasswordOf(options));
        await walk.AnswerAsync("allow");
        Assert.NotNull(walk.Left);
        if (followsBack)
        {
            using var http = new HttpClient();
            await http.GetAsync(walk.Left, TestContext.Current.CancellationToken);
        }

        return walk.Left.AbsoluteUri;
    }

    // Standard input of a person who has something to do first.
    private sealed class WaitingReader(Task<string> line) : TextReader
    {
        public override string? ReadLine() => line.GetAwaiter().GetResult();
    }
}
