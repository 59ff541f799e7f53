using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Processes;

/// <summary>An outside that takes nothing is found before anything is sent: a refresh token works once.</summary>
public sealed class OutsideTests : IDisposable
{
    private const string StoreKey = "a passphrase of this test";

    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-outside-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Commands by ways in which their output goes nowhere; $RUN is the command line.</summary>
    public static TheoryData<string, string, string> Outsides
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string command in new[] { "get", "update", "revoke", "list", "doctor" })
            {
                data.Add(command, "$RUN > /dev/full", "no space left on device");
                data.Add(command, "$RUN >&-", "it is closed");
                data.Add(command, "{ $RUN; echo $? > code; } | exec true", "nobody reads it");
                data.Add(command, "mkdir gone && cd gone && rmdir ../gone && $RUN", "The working folder is gone");
            }

            return data;
        }
    }

    [Theory]
    [Trait("Feature", "U4")]
    [MemberData(nameof(Outsides))]
    public async Task An_output_that_takes_nothing_is_named_and_nothing_is_sent(string command, string script, string says)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /dev/full");
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await ShellAsync(server, command, script);

        int code = File.Exists(Path.Combine(folder, "code")) ? int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "code"), TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture) : result.ExitCode;
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("report it", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Server.Requests);
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task A_refresh_token_is_not_spent_on_a_full_disk_and_works_afterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /dev/full");
        await using DemoServer server = await DemoServer.StartAsync();
        string refreshToken = (await server.SignInAsync("--scope", "orders.read", "--all-tokens")).Text("refresh_token");
        string[] update = ["update", "--authority", server.Authority, "--client-id", "desktop", "--scope", "orders.read"];

        CliResult full = await ToolProcess.RunAsync(
            "/bin/sh", ["-c", $"{Run(update)} > /dev/full"], Variables(("AUTHMODULE_REFRESH_TOKEN", refreshToken)), folder);
        CliResult again = await CliProcess.RunAsync(update, new() { ["AUTHMODULE_REFRESH_TOKEN"] = refreshToken });

        Assert.Equal(ExitCode.Usage, full.ExitCode);
        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.Equal(2, server.RequestsTo("/token").Count);
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task Diagnostics_that_nobody_takes_do_not_end_a_renewal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /dev/full");
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await ShellAsync(server, "get", "$RUN --verbose 2> /dev/full");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.NotEmpty(result.Text("access_token"));
    }

    [Fact]
    [Trait("Feature", "U4")]
    public async Task A_reader_that_leaves_after_the_first_line_makes_no_failure()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shell of Unix");
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await ShellAsync(server, "get", "{ $RUN --output env; echo $? > code; } | head -n 1");

        Assert.StartsWith("AUTHMODULE_TOKEN=", result.Output, StringComparison.Ordinal);
        Assert.Equal(string.Empty, result.Error);
    }

    private static string Run(IEnumerable<string> arguments) => string.Join(' ', new[] { "dotnet", Path.Combine(AppContext.BaseDirectory, "authmodule.dll") }.Concat(arguments).Select(static part => $"'{part}'"));

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string> { ["AUTHMODULE_STORE_KEY"] = StoreKey };
        foreach ((string name, string value) in more)
        {
            variables[name] = value;
        }

        return variables;
    }

    private Task<CliResult> ShellAsync(DemoServer server, string command, string script)
    {
        string[] service = command == "list" ? [] : ["--authority", server.Authority, "--client-id", "nightly"];
        string[] store = command is "doctor" ? [] : ["--store", $"file:{folder}/store"];
        return ToolProcess.RunAsync(
            "/bin/sh",
            ["-c", script.Replace("$RUN", Run([command, .. service, .. store]), StringComparison.Ordinal)],
            Variables(("AUTHMODULE_CLIENT_SECRET", DemoServer.NightlySecret)),
            folder);
    }
}
