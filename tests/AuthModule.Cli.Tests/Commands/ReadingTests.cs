using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Cli.Manual;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>Commands that send nothing: what is there, what a token says, completions and the manual page.</summary>
public sealed class ReadingTests
{
    private const string Jwt = "eyJhbGciOiJub25lIiwia2lkIjoiazEifQ.eyJzdWIiOiJhbGljZSIsImV4cCI6MjAwMDAwMDAwMH0.";

    [Fact]
    [Trait("Feature", "U5")]
    public async Task Decode_shows_a_jwt_and_says_that_it_is_not_verified()
    {
        CliResult json = await CliRun.RunAsync(["decode", "--token-stdin"], [], Jwt);
        CliResult text = await CliRun.RunAsync(["decode"], new() { ["AUTHMODULE_TOKEN"] = Jwt, ["NO_COLOR"] = "1" }, TextReader.Null, onError: null, terminalColumns: 80);
        CliResult opaque = await CliRun.RunAsync(["decode", "--token-stdin"], [], "opaque-canary");

        Assert.False(json.Json.GetProperty("verified").GetBoolean());
        Assert.Equal("alice", json.Json.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal("k1", json.Json.GetProperty("header").GetProperty("kid").GetString());
        Assert.StartsWith("Not verified", text.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotValid, opaque.ExitCode);
        Assert.DoesNotContain("opaque-canary", opaque.All, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task Providers_and_profiles_are_listed_as_the_cmdlets_list_them()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"profiles":{"nightly":{"authority":"id.contoso.com","clientId":"n","clientSecret":{"env":"NIGHTLY_SECRET"}}}}""", TestContext.Current.CancellationToken);
            Dictionary<string, string> environment = new() { ["AUTHMODULE_CONFIG"] = file, ["NIGHTLY_SECRET"] = "canary-of-nightly" };

            CliResult profiles = await CliRun.RunAsync(["profiles"], environment);
            CliResult providers = await CliRun.RunAsync("providers");
            CliResult table = await CliRun.RunAsync(["providers"], new() { ["NO_COLOR"] = "1" }, TextReader.Null, onError: null, terminalColumns: 80);

            Assert.Equal("clientSecret=env:NIGHTLY_SECRET", profiles.Json.GetProperty("profiles")[0].GetProperty("secrets")[0].GetString());
            Assert.DoesNotContain("canary-of-nightly", profiles.All, StringComparison.Ordinal);
            Assert.Contains("px-backup", providers.Json.GetProperty("providers").EnumerateArray().Select(static provider => provider.GetProperty("name").GetString()));
            Assert.All(table.Output.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [Trait("Feature", "U5")]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task A_completion_script_has_every_command_and_option_and_its_shell_reads_it(string shell, string check)
    {
        CliResult result = await CliRun.RunAsync("completion", shell);

        AssertHasAll(result.Output, shell == "fish" ? static name => "-l " + name.TrimStart('-') : static name => name);
        string program = ToolProcess.Find(shell) ?? Skip(shell);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, result.Output, TestContext.Current.CancellationToken);
            CliResult read = await ToolProcess.RunAsync(program, [check, file], [], Path.GetTempPath());
            Assert.True(read.ExitCode == 0, read.All);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [Trait("Feature", "U5")]
    [InlineData("authmodule swi", 1, "switch")]
    [InlineData("authmodule get --device", 2, "--device-code")]
    [InlineData("authmodule get --output kub", 3, "kubectl")]
    [InlineData("authmodule dsc sc", 2, "schema")]
    [InlineData("authmodule completion f", 2, "fish")]
    public async Task Bash_completes_a_word(string line, int word, string completed)
    {
        string bash = ToolProcess.Find("bash") ?? Skip("bash");
        string script = (await CliRun.RunAsync("completion", "bash")).Output
            + $"COMP_WORDS=({line}); COMP_CWORD={word}; _authmodule; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n";

        CliResult result = await ToolProcess.RunAsync(bash, ["--norc"], [], Path.GetTempPath(), script);

        Assert.Equal(completed + "\n", result.Output);
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task Powershell_gets_its_completion_too()
    {
        CliResult result = await CliRun.RunAsync("completion", "pwsh");

        AssertHasAll(result.Output, static name => $"'{name}'");
        Assert.Contains("Register-ArgumentCompleter -Native -CommandName authmodule", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task The_manual_page_has_every_command_and_option_and_man_reads_it()
    {
        CliResult result = await CliRun.RunAsync("man");

        AssertHasAll(result.Output.Replace("\\-", "-", StringComparison.Ordinal), static name => name);
        string groff = ToolProcess.Find("groff") ?? Skip("groff");
        CliResult read = await ToolProcess.RunAsync(groff, ["-man", "-Tascii", "-ww", "-z"], [], Path.GetTempPath(), result.Output);
        Assert.Equal((0, string.Empty), (read.ExitCode, read.Error));
    }

    [Theory]
    [Trait("Feature", "U5")]
    [InlineData("list")]
    [InlineData("providers")]
    [InlineData("decode")]
    public async Task Text_on_a_terminal_has_colours_unless_NO_COLOR_says_otherwise(string command)
    {
        string folder = Directory.CreateTempSubdirectory("authmodule-colour-").FullName;
        try
        {
            Dictionary<string, string> environment = new() { ["AUTHMODULE_STORE"] = $"file:{folder}", ["AUTHMODULE_STORE_KEY"] = "a passphrase of this test", ["AUTHMODULE_TOKEN"] = Jwt, ["TERM"] = "xterm" };
            CliResult coloured = await RunAsync(environment);
            CliResult plain = await RunAsync(new(environment) { ["NO_COLOR"] = "1" });
            CliResult json = await CliRun.RunAsync([command, "--json"], environment, TextReader.Null, onError: null, terminalColumns: 80);

            Assert.Equal(command != "list", coloured.Output.Contains('\u001b'));
            Assert.DoesNotContain('\u001b', plain.Output);
            Assert.Equal(System.Text.Json.JsonValueKind.Object, json.Json.ValueKind);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<CliResult> RunAsync(Dictionary<string, string> environment) => CliRun.RunAsync([command], environment, TextReader.Null, onError: null, terminalColumns: 80);
    }

    private static string Skip(string program)
    {
        Assert.Skip($"There is no {program} on PATH.");
        return string.Empty;
    }

    private static void AssertHasAll(string text, Func<string, string> written)
    {
        RootCommand root = CommandLine.Root(new AuthModule.Cli.Terminal.CliContext
        {
            Engine = AuthEngine.Shared,
            Environment = AuthModule.Platform.ProcessEnvironment.Instance,
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Error = TextWriter.Null,
        });
        string[] options = [.. CommandModel.All(root).SelectMany(static entry => CommandModel.OptionsOf(entry.Command)).Concat(CommandModel.Everywhere(root)).Select(static option => option.Name).Distinct()];
        TestContext.Current.SendDiagnosticMessage($"figures: {root.Subcommands.Count} commands, {options.Length} options");
        Assert.All(root.Subcommands, command => Assert.Contains(command.Name, text, StringComparison.Ordinal));
        Assert.All(options, option => Assert.Contains(written(option), text, StringComparison.Ordinal));
    }
}
