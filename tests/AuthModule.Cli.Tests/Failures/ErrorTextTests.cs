using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Cli.Manual;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using AuthModule.Errors;
using Xunit;

namespace AuthModule.Cli.Tests.Failures;

public sealed partial class ErrorTextTests
{
    public static TheoryData<string> Ids => [.. ErrorCatalog.Ids];

    [Fact]
    [Trait("Feature", "N9")]
    public async Task A_failure_says_what_happened_what_to_do_and_its_id()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "nightly"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = "not-the-one" });

        string[] lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"authmodule get: {server.Authority} refused client 'nightly': invalid_client (401).", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^  Check the client id and the secret.*  \[InvalidClient, request [0-9a-f]{16}\]$", lines[1]);
    }

    [Fact]
    [Trait("Feature", "N9")]
    public async Task With_json_errors_a_failure_is_one_object()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult refused = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "nightly", "--json-errors"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = "not-the-one" });
        CliResult usage = await CliRun.RunAsync("get", "--json-errors", "--timeout-sec");

        JsonElement error = JsonSerializer.Deserialize<JsonElement>(refused.Error);
        Assert.Equal("InvalidClient", error.GetProperty("code").GetString());
        Assert.Equal("AuthenticationException", error.GetProperty("type").GetString());
        Assert.Equal(401, error.GetProperty("statusCode").GetInt32());
        Assert.Equal("invalid_client", error.GetProperty("error").GetString());
        Assert.Equal("Usage", JsonSerializer.Deserialize<JsonElement>(usage.Error).GetProperty("code").GetString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    [Trait("Feature", "C11")]
    [Trait("Feature", "N9")]
    public void Every_id_has_an_exit_code_by_its_class(string id)
    {
        AuthException failure = AuthError.Create(id, "It failed.", new ErrorDetails { StatusCode = 400 });

        int expected = (id, failure) switch
        {
            (AuthErrorId.Canceled, _) => 130,
            (_, ConfigurationException) => 2,
            (_, AuthenticationException or TokenExpiredException) => 3,
            (_, AuthServiceException) => 4,
            (_, TokenValidationException) => 5,
            _ => -1,
        };
        Assert.Equal(expected, ExitCode.Of(failure));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    [Trait("Feature", "N9")]
    public void Advice_speaks_of_options_that_there_are(string id)
    {
        string advice = CommandLineWording.Of(AuthError.Create(id, "It failed.")).RecommendedAction;
        HashSet<string> known = [.. OptionNames()];

        Assert.DoesNotMatch("[A-Z][a-z]+-Auth", advice);
        Assert.All(OptionName().Matches(advice), match => Assert.Contains(match.Value, known));
        Assert.DoesNotMatch(@"(^|\s)-[A-Z]", advice);
    }

    [Theory]
    [InlineData("-Authority is missing: x.", "--authority is missing: x.")]
    [InlineData("-Parameter @{ realm = ... } is missing.", "--parameter realm=... is missing.")]
    [InlineData("-ClientSecret is missing.", "AUTHMODULE_CLIENT_SECRET (or --client-secret-stdin) is missing.")]
    [InlineData("Give -TimeoutSec.", "Give --timeout-sec.")]
    [InlineData("well-Known X-Request-ID and --authority stay", "well-Known X-Request-ID and --authority stay")]
    public void Parameters_of_cmdlets_become_options(string said, string meant) => Assert.Equal(meant, CommandLineWording.Of(said));

    /// <summary>Every text in the engine and the command line that could reach a person, as the command line words it.</summary>
    [Fact]
    [Trait("Feature", "U4")]
    [Trait("Feature", "N9")]
    public void Every_text_speaks_of_options_and_commands_that_there_are()
    {
        HashSet<string> options = [.. OptionNames()];
        HashSet<string> commands = [.. CommandLine.Root(Context()).Subcommands.Select(static command => command.Name)];
        string[] files = [.. new[] { "src/AuthModule.Core", "src/AuthModule.Cli" }
            .SelectMany(static folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                && !Apart.Any(part => file.Replace('\\', '/').Contains(part, StringComparison.Ordinal)))];
        int texts = 0;
        var faults = new List<string>();
        foreach (string file in files)
        {
            foreach (Match literal in Literal().Matches(CommentLine().Replace(File.ReadAllText(file), string.Empty)))
            {
                string text = CommandLineWording.Of(literal.Groups[1].Value);
                if (!text.Contains(' ', StringComparison.Ordinal))
                {
                    continue;
                }

                texts++;
                faults.AddRange(OptionName().Matches(text).Where(match => !options.Contains(match.Value)).Select(match => $"{Path.GetFileName(file)}: {match.Value} in: {text}"));
                faults.AddRange(CommandName().Matches(text).Where(match => !commands.Contains(match.Groups[1].Value)).Select(match => $"{Path.GetFileName(file)}: {match.Value} in: {text}"));
            }
        }

        TestContext.Current.SendDiagnosticMessage($"figures: {texts} texts in {files.Length} files speak of {options.Count} options and {commands.Count} commands");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(texts > 500);
    }

    private static IEnumerable<string> OptionNames()
    {
        RootCommand root = CommandLine.Root(Context());
        return CommandModel.All(root).SelectMany(static entry => CommandModel.OptionsOf(entry.Command)).Concat(root.Options).Select(static option => option.Name);
    }

    private static CliContext Context() => new()
    {
        Engine = AuthEngine.Shared,
        Environment = AuthModule.Platform.ProcessEnvironment.Instance,
        Input = TextReader.Null,
        Output = TextWriter.Null,
        Error = TextWriter.Null,
    };

    // What is refused by name, what other programs are called with, what only cmdlets do, and a text that is hashed.
    private static readonly string[] Apart = ["/Arguments/SecretArguments.cs", "/Server/", "/Demo/", "/Manual/", "/HelperOperation.cs", "/Accounts/", "/StoreKey.cs", "/Issuing/", "/RedisFailure.cs"];

    [GeneratedRegex(@"\$?""((?:[^""\\\r\n]|\\.)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();

    [GeneratedRegex("'authmodule ([a-z]+)")]
    private static partial Regex CommandName();

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z-]+")]
    private static partial Regex OptionName();
}
