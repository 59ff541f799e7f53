using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Processes;

/// <summary>The programs that the forms are for, where they are on PATH.</summary>
public sealed class RealToolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-tools-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Feature", "U6")]
    public async Task Curl_calls_the_api_with_the_configuration()
    {
        string curl = Find("curl");
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult config = await server.GetAsync("--scope", "orders.read", "--output", "curl-config");

        CliResult answer = await ToolProcess.RunAsync(curl, ["--silent", "--fail", "--config", "-", server.Authority + "/api/orders"], [], folder, config.Output);

        Assert.True(answer.ExitCode == 0, answer.All);
        Assert.Contains("lamp", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U6")]
    public async Task Git_fills_in_a_credential_and_gives_none_to_another_host()
    {
        string git = Find("git");
        await using DemoServer server = await DemoServer.StartAsync();
        string[] arguments = ["-c", "credential.helper=", "-c", "credential.helper=!" + await HelperAsync(server, "--for git.contoso.com --output git \"$@\""), "credential", "fill"];

        CliResult own = await ToolProcess.RunAsync(git, arguments, Variables(), folder, "protocol=https\nhost=git.contoso.com\n\n");
        CliResult other = await ToolProcess.RunAsync(git, arguments, Variables(), folder, "protocol=https\nhost=evil.example\n\n");

        Assert.True(own.ExitCode == 0, own.All);
        Assert.Contains("username=oauth2\n", own.Output, StringComparison.Ordinal);
        Assert.Contains("password=eyJ", own.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, other.ExitCode);
        Assert.DoesNotContain("eyJ", other.All, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U6")]
    public async Task Kubectl_sends_the_token_of_its_exec_plugin()
    {
        string kubectl = Find("kubectl");
        await using DemoServer server = await DemoServer.StartAsync(static options => options with { Address = new Uri("https://127.0.0.1:0") });
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.pem"), server.Server.Certificates.AuthorityPem, TestContext.Current.CancellationToken);
        string helper = await HelperAsync(server, "--scope orders.read --ca-certificate ca.pem --output kubectl");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "config"),
            $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: c, cluster: { server: "{{server.Authority}}", certificate-authority: ca.pem } }]
            users: [{ name: u, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: "{{helper}}", interactiveMode: IfAvailable } } }]
            contexts: [{ name: x, context: { cluster: c, user: u } }]
            current-context: x
            """,
            TestContext.Current.CancellationToken);

        CliResult answer = await ToolProcess.RunAsync(kubectl, ["--kubeconfig", Path.Combine(folder, "config"), "get", "--raw", "/api/orders"], Variables(), folder);

        Assert.True(answer.ExitCode == 0, answer.All);
        Assert.Contains("lamp", answer.Output, StringComparison.Ordinal);
    }

    private static string Find(string program)
    {
        string? found = ToolProcess.Find(program);
        Assert.SkipWhen(found is null || OperatingSystem.IsWindows(), $"There is no {program} on PATH.");
        return found!;
    }

    private Dictionary<string, string> Variables() => new()
    {
        ["HOME"] = folder,
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "/bin/false",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["AUTHMODULE_CLIENT_SECRET"] = DemoServer.NightlySecret,
    };

    // What is "authmodule get ..." where it is installed.
    private async Task<string> HelperAsync(DemoServer server, string rest)
    {
        string path = Path.Combine(folder, "helper");
        await File.WriteAllTextAsync(
            path,
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "authmodule.dll")}' get --authority {server.Authority} --client-id nightly {rest}\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
