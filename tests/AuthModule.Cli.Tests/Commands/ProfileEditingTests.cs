using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using AuthModule.TestKit.Files;

namespace AuthModule.Cli.Tests.Commands;

[Trait("Feature", "U7")]
public sealed class ProfileEditingTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string File => folder.File("profiles.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Feature", "U5")]
    public async Task A_profile_is_added_changed_and_removed()
    {
        CliResult added = await RunAsync(
            "profiles", "add", "nightly", "--authority", "id.contoso.com", "--client-id", "nightly", "--client-secret-from", "env:NIGHTLY_SECRET",
            "--scope", "orders.read", "--parameter", "realm=sales", "--chain", "client secret", "--chain", """{"way":"device","clientId":"desktop"}""");
        Assert.True(added.ExitCode == ExitCode.Done, added.Error);
        Assert.Contains("clientSecret=env:NIGHTLY_SECRET", added.Output, StringComparison.Ordinal);
        Assert.Contains("\"device\"", added.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await RunAsync("profiles", "set", "nightly", "--dpop", "--clear", "chain", "--clear", "parameter")).ExitCode);
        string text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        Assert.Contains("\"dpop\": true", text, StringComparison.Ordinal);
        Assert.DoesNotContain("chain", text, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await RunAsync("profiles", "remove", "nightly")).ExitCode);
        Assert.Contains("\"profiles\":[]", (await RunAsync("profiles", "--json")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "N10")]
    [InlineData("--client-secret-from", "hunter2-hunter2")]
    [InlineData("--client-secret", "hunter2-hunter2")]
    [InlineData("--parameter", "client_secret=hunter2-hunter2")]
    public async Task A_literal_secret_is_refused_and_not_repeated(string option, string value)
    {
        CliResult refused = await RunAsync("profiles", "add", "p", option, value);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.DoesNotContain("hunter2", refused.Output + refused.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    [Trait("Feature", "U9")]
    public async Task The_list_names_bad_profiles_beside_the_good_ones()
    {
        await System.IO.File.WriteAllTextAsync(File, """{ "profiles": { "good": { "clientId": "a" }, "bad": { "autority": "x" } } }""", TestContext.Current.CancellationToken);
        CliResult listed = await RunAsync("profiles", "--output", "text");
        Assert.Equal(ExitCode.Done, listed.ExitCode);
        Assert.Contains("good", listed.Output, StringComparison.Ordinal);
        Assert.Contains("field profiles.bad.autority: is not a field that is known here (did you mean 'authority'?)", listed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guide_asks_on_the_terminal_and_writes()
    {
        await using DemoServer demo = await DemoServer.StartAsync();
        string answers = string.Join('\n', "1", demo.Authority, "1", "nightly", "env:NIGHTLY_SECRET", "", "no", "yes") + "\n";
        CliResult made = await CliRun.RunAsync(["profiles", "add", "guided", "--guided"], new Dictionary<string, string> { ["AUTHMODULE_CONFIG"] = File }, answers);
        Assert.True(made.ExitCode == ExitCode.Done, made.Error);
        Assert.Contains("clientSecret=env:NIGHTLY_SECRET", made.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await CliRun.RunAsync(["profiles", "add", "more", "--guided"], new Dictionary<string, string> { ["AUTHMODULE_CONFIG"] = File }, "")).ExitCode);
    }

    private Task<CliResult> RunAsync(params string[] arguments) =>
        CliRun.RunAsync(arguments, new Dictionary<string, string> { ["AUTHMODULE_CONFIG"] = File });
}
