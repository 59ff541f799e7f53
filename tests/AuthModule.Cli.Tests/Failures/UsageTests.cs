using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Failures;

public sealed class UsageTests
{
    private const string Canary = "hunter2";

    [Theory]
    [Trait("Feature", "N10")]
    [InlineData("get", "--client-secret", "AUTHMODULE_CLIENT_SECRET")]
    [InlineData("get", "--password", "AUTHMODULE_PASSWORD")]
    [InlineData("get", "--Password", "AUTHMODULE_PASSWORD")]
    [InlineData("get", "--otp", "AUTHMODULE_OTP")]
    [InlineData("get", "--assertion", "--assertion-stdin")]
    [InlineData("get", "--subject-token", "AUTHMODULE_SUBJECT_TOKEN")]
    [InlineData("get", "--actor-token", "AUTHMODULE_ACTOR_TOKEN")]
    [InlineData("get", "--callback-uri", "--callback-stdin")]
    [InlineData("decode", "--token", "--token-stdin")]
    [InlineData("get", "--api-key", "--api-key-stdin")]
    [InlineData("get", "--proxy-password", "AUTHMODULE_PROXY_PASSWORD")]
    [InlineData("update", "--refresh-token", "AUTHMODULE_REFRESH_TOKEN")]
    [InlineData("revoke", "--token", "AUTHMODULE_TOKEN")]
    [InlineData("test", "--token", "--token-stdin")]
    [InlineData("test", "--authorization-header", "--authorization-header-stdin")]
    public async Task A_secret_as_an_argument_is_refused_and_not_repeated(string command, string option, string place)
    {
        CliResult apart = await CliRun.RunAsync(command, option, Canary);
        CliResult together = await CliRun.RunAsync(command, $"{option}={Canary}");
        CliResult asJson = await CliRun.RunAsync(command, option, Canary, "--json-errors");

        foreach (CliResult result in new[] { apart, together, asJson })
        {
            Assert.Equal(ExitCode.Usage, result.ExitCode);
            Assert.Contains(place, result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, result.All, StringComparison.Ordinal);
        }
    }

    [Theory]
    [Trait("Feature", "N10")]
    [InlineData("There is an argument that belongs to no option", "get", Canary)]
    [InlineData("There is no option --scoep. Did you mean --scope?", "get", "--scoep", Canary)]
    [InlineData("There is no option --scoep. Did you mean --scope?", "get", "--scoep=" + Canary)]
    [InlineData("There is an argument that belongs to no option", "get", "-p" + Canary)]
    [InlineData("There is an argument that belongs to no option", "get", "--verbose=" + Canary)]
    [InlineData("--timeout-sec takes a whole number, 1 or more", "get", "--timeout-sec", Canary)]
    [InlineData("--minimum-lifetime takes seconds", "get", "--minimum-lifetime", Canary)]
    [InlineData("--output takes one of json, token, header", "get", "--output", Canary)]
    [InlineData("--parameter takes NAME=VALUE", "get", "--parameter", Canary)]
    [InlineData("--parameter takes no secrets", "get", "--parameter", "client_secret=" + Canary)]
    [InlineData("--parameter-env takes NAME=VALUE", "get", "--parameter-env", Canary)]
    [InlineData("the environment variable NO_SUCH_VARIABLE, which is not set", "get", "--parameter-env", "app_secret=NO_SUCH_VARIABLE")]
    [InlineData("--proxy takes an http(s) address without a user name", "get", "--proxy", "http://me:" + Canary + "@proxy:8080")]
    [InlineData("--authority is not usable", "get", "--authority", "https://me:" + Canary + "@id.contoso.com")]
    [InlineData("There is an argument that belongs to no option", "switch", "4f", Canary)]
    [InlineData("There is no option --stroe. Did you mean --store?", "switch", "--stroe", Canary)]
    [InlineData("There is no option --mehtod. Did you mean --method?", "call", "--mehtod", Canary)]
    [InlineData("ID is missing", "switch")]
    [InlineData("Name a command: get, update, revoke, test, doctor, provider, dsc, serve, demo, status, list, switch, logout, call, decode, profiles, providers, completion, man", Canary)]
    public async Task A_command_line_that_cannot_be_read_is_told_without_its_values(string says, params string[] arguments)
    {
        CliResult result = await CliRun.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, result.All, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "P4")]
    [InlineData("--authority is missing")]
    [InlineData("--authority is missing", "--authority", " ")]
    [InlineData("--client-id is missing", "--token-endpoint", "http://127.0.0.1:9/token")]
    public async Task A_missing_parameter_is_named(string says, params string[] arguments)
    {
        CliResult result = await CliRun.RunAsync(["get", .. arguments]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Contains($"[{AuthErrorId.MissingParameter}]", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "P3")]
    [Trait("Feature", "P2")]
    [InlineData(AuthErrorId.InvalidUrl, "ftp://id.contoso.com")]
    [InlineData(AuthErrorId.InvalidUrl, "https://id.contoso.com?tenant=1")]
    [InlineData(AuthErrorId.InvalidUrl, "https://id.contoso.com#top")]
    [InlineData(AuthErrorId.InvalidUrl, "https://")]
    [InlineData(AuthErrorId.InvalidUrl, "id contoso com")]
    [InlineData(AuthErrorId.InsecureUrl, "http://id.contoso.com")]
    public async Task A_malformed_address_is_refused_before_anything_is_sent(string id, string address)
    {
        CliResult result = await CliRun.RunAsync("get", "--authority", address, "--client-id", "nightly");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains($"[{id}]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_secrets_cannot_share_stdin()
    {
        CliResult result = await CliRun.RunAsync(["get", "--authority", "id.contoso.com", "--client-secret-stdin", "--password-stdin"], [], Canary);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("--client-secret-stdin and --password-stdin cannot both read stdin", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_stdin_is_not_an_empty_secret()
    {
        CliResult result = await CliRun.RunAsync(["get", "--authority", "id.contoso.com", "--client-id", "x", "--client-secret-stdin"], [], "\n");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("stdin is empty", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_provider_is_told_with_one_of_a_near_name()
    {
        CliResult result = await CliRun.RunAsync("get", "--provider", "keyclaok", "--authority", "id.contoso.com");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("'keycloak'", result.Error, StringComparison.Ordinal);
        Assert.Contains($"[{AuthErrorId.UnknownProvider}]", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "--client-id", "--minimum-lifetime", "--allow-insecure-http", "--json-errors", "--client-secret-stdin")]
    [InlineData("update", "--refresh-token-stdin", "--authority")]
    [InlineData("revoke", "--token-stdin", "--authority")]
    [InlineData("test", "--required-scope", "--clock-skew", "--offline", "--jwks")]
    [InlineData("serve", "--urls", "--allow-remote", "--until-stdin-closes")]
    [InlineData("demo", "--debug")]
    public async Task Help_names_the_options_and_the_exit_codes_in_100_columns(string command, params string[] options)
    {
        CliResult result = await CliRun.RunAsync(command, "--help");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.All(options, option => Assert.Matches($"(?m)^  {option}[ ,]", result.Output));
        Assert.Contains("5    a token that does not pass its test", result.Output, StringComparison.Ordinal);
        string beforeExamples = result.Output.Split("\nExamples")[0];
        Assert.All(beforeExamples.Split('\n'), static line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [Trait("Feature", "U5")]
    [InlineData("Did you mean status?", "statsu")]
    [InlineData("Did you mean switch?", "swich")]
    [InlineData("Did you mean get?", "dsc", "gett")]
    [InlineData("Did you mean --interactive?", "get", "--interactve")]
    [InlineData("Did you mean header?", "get", "--output", "heder")]
    [InlineData("Did you mean kubectl?", "get", "--output", "kubctl")]
    [InlineData("Did you mean bash?", "completion", "bahs")]
    public async Task An_unknown_word_is_answered_with_the_nearest_known_one(string says, params string[] arguments)
    {
        CliResult result = await CliRun.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "U4")]
    [InlineData("--interactive and --device-code exclude each other", "--interactive", "--device-code")]
    [InlineData("--device-code and --assertion-source exclude each other", "--device-code", "--assertion-source", "github")]
    [InlineData("--browser-path belongs to --interactive", "--browser-path", "/usr/bin/browser")]
    [InlineData("--subject-token-type belongs to a token exchange", "--subject-token-type", "jwt")]
    [InlineData("--offline and --force-refresh exclude each other", "--offline", "--force-refresh")]
    [InlineData("--output aws needs --aws-endpoint", "--output", "aws")]
    public async Task Options_that_do_not_go_together_are_told_before_anything_is_sent(string says, params string[] options)
    {
        await using FaultServer server = FaultServer.Start();

        CliResult result = await CliRun.RunAsync(["get", "--authority", server.Address.AbsoluteUri, "--client-id", "x", .. options]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Alone_it_lists_its_commands()
    {
        CliResult result = await CliRun.RunAsync([]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.All(new[] { "get", "update", "revoke", "test", "serve", "demo" }, command => Assert.Contains($"\n  {command} ", result.Error, StringComparison.Ordinal));
    }
}
