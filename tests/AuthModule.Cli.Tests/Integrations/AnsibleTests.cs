using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Integrations;

/// <summary>The collection in integrations/ansible, packed and installed as users do it, run by real Ansible on the embedded server.</summary>
public sealed class AnsibleTests : IDisposable
{
    private const string StoreKey = "canary-store-key-9f1c4e7a";

    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-ansible-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Feature", "D8")]
    [Trait("Feature", "N10")]
    public async Task A_playbook_gets_tests_and_revokes_tokens_and_its_output_holds_no_secret()
    {
        string ansible = await InstallAsync();
        await using DemoServer server = await DemoServer.StartAsync();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "profiles.json"),
            """{"profiles":{"nightly":{"authority":"AUTHORITY","clientId":"nightly","clientSecret":{"env":"CLIENT_SECRET"}}}}""".Replace("AUTHORITY", server.Authority, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        CliResult run = await ToolProcess.RunAsync(ansible, Arguments("playbook.yml"), EnvironmentFor(server), folder);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.DoesNotContain("WARNING", run.All, StringComparison.Ordinal);

        // The playbook hands its tokens over in a file: here they are known to have been there.
        string[] tokens = await File.ReadAllLinesAsync(Path.Combine(folder, "tokens"), TestContext.Current.CancellationToken);
        Assert.Equal(3, tokens.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tokens, token => Assert.All(token.Split('.'), part => Assert.True(part.Length > 20)));
        Assert.All(tokens, token => Assert.DoesNotContain(token.Split('.')[1], run.All, StringComparison.Ordinal));
        Assert.All(tokens, token => Assert.DoesNotContain(token.Split('.')[2], run.All, StringComparison.Ordinal));

        // Every secret, as it is and as it would stand in a form or a header.
        foreach (string secret in new[] { DemoServer.NightlySecret, DemoServer.AlicePassword, StoreKey })
        {
            Assert.All(Forms(secret), form => Assert.DoesNotContain(form, run.All, StringComparison.Ordinal));
        }

        // One new token, one renewal, one person, one wrong secret, one by a profile: the store answered the rest.
        Assert.Equal(5, server.RequestsTo("/token").Count);
        Dictionary<string, string> byProfile = server.RequestsTo("/token")[^1].Fields.ToDictionary(static field => field.Name, static field => field.Value);
        Assert.All(new[] { "flag", "count", "list", "text" }, name => Assert.Contains(name, byProfile.Keys));
        Assert.All(new[] { "none", "empty" }, name => Assert.DoesNotContain(name, byProfile.Keys));
    }

    [Fact]
    [Trait("Feature", "D8")]
    public async Task Check_mode_sends_nothing_and_says_what_would_be_done()
    {
        string ansible = await InstallAsync();
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult run = await ToolProcess.RunAsync(ansible, [.. Arguments("check.yml"), "--check"], EnvironmentFor(server), folder);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("Would get a token of", run.Output, StringComparison.Ordinal);
        Assert.Empty(server.Server.Requests);
        Assert.DoesNotContain(DemoServer.NightlySecret, run.All, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "D8")]
    [InlineData("auth_token", "operation")]
    [InlineData("win_auth_token", "module_path")]
    public async Task Ansible_doc_shows_the_options_of_a_module(string module, string option)
    {
        await InstallAsync();
        string program = ToolProcess.Find("ansible-doc") ?? Skip("ansible-doc");

        CliResult run = await ToolProcess.RunAsync(program, [$"authmodule.auth.{module}"], BaseEnvironment(), folder);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains($"- {option}", run.Output, StringComparison.Ordinal);
        Assert.Contains("RETURN VALUES:", run.Output, StringComparison.Ordinal);
        Assert.Contains("EXAMPLES:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "D8")]
    public async Task The_python_code_compiles()
    {
        string python = ToolProcess.Find("python3") ?? Skip("python3");
        string[] files = Directory.GetFiles(Repository.PathOf("integrations/ansible/plugins"), "*.py", SearchOption.AllDirectories);

        CliResult run = await ToolProcess.RunAsync(python, ["-m", "py_compile", .. files], new() { ["PYTHONPYCACHEPREFIX"] = folder }, folder);

        Assert.NotEmpty(files);
        Assert.True(run.ExitCode == 0, run.All);
    }

    private static string Skip(string program)
    {
        Assert.Skip($"There is no {program} on PATH.");
        return string.Empty;
    }

    private static IEnumerable<string> Forms(string secret) =>
        [secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes($"nightly:{secret}"))];

    // The path of ansible-playbook.
    private async Task<string> InstallAsync()
    {
        string playbook = ToolProcess.Find("ansible-playbook") ?? Skip("ansible-playbook");
        string galaxy = ToolProcess.Find("ansible-galaxy") ?? Skip("ansible-galaxy");
        await File.WriteAllTextAsync(Path.Combine(folder, "ansible.cfg"), string.Empty, TestContext.Current.CancellationToken);
        CliResult built = await ToolProcess.RunAsync(galaxy, ["collection", "build", Repository.PathOf("integrations/ansible"), "--output-path", folder], BaseEnvironment(), folder);
        Assert.True(built.ExitCode == 0, built.All);
        string package = Directory.GetFiles(folder, "authmodule-auth-*.tar.gz").Single();
        CliResult installed = await ToolProcess.RunAsync(galaxy, ["collection", "install", package, "--collections-path", folder], BaseEnvironment(), folder);
        Assert.True(installed.ExitCode == 0, installed.All);
        return playbook;
    }

    private static string[] Arguments(string playbook) =>
        ["-i", "localhost,", "-c", "local", "-e", "ansible_python_interpreter=auto_silent", "--diff", "-vvv", Repository.PathOf($"integrations/ansible/tests/{playbook}")];

    private Dictionary<string, string> BaseEnvironment() => new()
    {
        ["HOME"] = folder,
        ["ANSIBLE_HOME"] = Path.Combine(folder, ".ansible"),
        ["ANSIBLE_LOCAL_TEMP"] = Path.Combine(folder, "local"),
        ["ANSIBLE_REMOTE_TEMP"] = Path.Combine(folder, "remote"),
        ["ANSIBLE_COLLECTIONS_PATH"] = folder,
        ["ANSIBLE_COLLECTIONS_PATHS"] = folder,
        ["ANSIBLE_NOCOLOR"] = "1",
        ["ANSIBLE_CONFIG"] = Path.Combine(folder, "ansible.cfg"),
        ["LC_ALL"] = "C.UTF-8",
    };

    private Dictionary<string, string> EnvironmentFor(DemoServer server) => new(BaseEnvironment())
    {
        ["AUTHMODULE_CLI"] = Path.Combine(AppContext.BaseDirectory, "authmodule.dll"),
        ["AUTHORITY"] = server.Authority,
        ["PROFILE"] = "nightly",
        ["AUTHMODULE_CONFIG"] = Path.Combine(folder, "profiles.json"),
        ["CLIENT_SECRET"] = DemoServer.NightlySecret,
        ["PASSWORD"] = DemoServer.AlicePassword,
        ["STORE"] = Path.Combine(folder, "store"),
        ["STORE_KEY"] = StoreKey,
        ["TOKENS"] = Path.Combine(folder, "tokens"),
    };
}
