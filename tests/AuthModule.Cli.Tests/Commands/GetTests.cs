using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

public sealed class GetTests
{
    [Fact]
    [Trait("Feature", "N13")]
    public async Task Get_prints_one_json_object_with_the_token()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await server.GetAsync("--scope", "orders.read");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(string.Empty, result.Error);
        Assert.Single(result.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal(3, result.Text("access_token").Split('.').Length);
        Assert.Equal("Bearer", result.Text("token_type"));
        Assert.Equal("orders.read", result.Text("scope"));
        Assert.Equal("nightly", result.Text("client_id"));
        Assert.Equal(server.Authority, result.Text("authority"));
        Assert.False(result.Json.GetProperty("has_refresh_token").GetBoolean());
        Assert.InRange(result.Json.GetProperty("expires_in").GetInt64(), 1, 3600);
        Assert.InRange(result.Json.GetProperty("expires_on").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    [Trait("Feature", "N13")]
    public async Task Output_token_prints_the_token_alone()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await server.GetAsync("--output", "token");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.EndsWith("\n", result.Output);
        CliResult test = await server.TestAsync(result.Output.TrimEnd('\n'));
        Assert.Equal(ExitCode.Done, test.ExitCode);
    }

    [Fact]
    [Trait("Feature", "N13")]
    [Trait("Feature", "C5")]
    public async Task Output_header_prints_a_header_that_the_api_takes()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await server.GetAsync("--output", "header");

        string[] header = result.Output.TrimEnd('\n').Split(": ", 2);
        Assert.Equal("Authorization", header[0]);
        using var http = new System.Net.Http.HttpClient { BaseAddress = server.Server.BaseAddress };
        http.DefaultRequestHeaders.Add(header[0], header[1]);
        Assert.Contains("lamp", await http.GetStringAsync("api/orders", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_secret_on_stdin_is_as_good_as_one_in_the_environment()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await CliRun.RunAsync(
            ["get", "--authority", server.Authority, "--client-id", "nightly", "--client-secret-stdin"],
            new Dictionary<string, string> { ["AUTHMODULE_CLIENT_SECRET"] = "another" },
            DemoServer.NightlySecret + "\r\n");

        Assert.Equal(ExitCode.Done, result.ExitCode);
    }

    [Fact]
    public async Task A_person_signs_in_and_the_refresh_token_is_printed_only_when_asked_for()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult plain = await server.SignInAsync("--scope", "openid orders.read");
        CliResult all = await server.SignInAsync("--scope", "openid", "--scope", "orders.read", "--all-tokens");

        Assert.Equal("alice", plain.Text("subject"));
        Assert.True(plain.Json.GetProperty("has_refresh_token").GetBoolean());
        Assert.False(plain.Json.TryGetProperty("refresh_token", out _));
        Assert.False(plain.Json.TryGetProperty("id_token", out _));
        Assert.NotEmpty(all.Text("refresh_token"));
        Assert.Equal(3, all.Text("id_token").Split('.').Length);
        Assert.Equal(["openid orders.read", "openid orders.read"], server.RequestsTo("/token").Select(static request => request.Fields.Single(static field => field.Name == "scope").Value));
    }

    [Fact]
    [Trait("Feature", "C14")]
    public async Task What_is_not_given_is_read_from_the_environment()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await CliRun.RunAsync(["get"], new Dictionary<string, string>
        {
            ["AUTHMODULE_AUTHORITY"] = server.Authority,
            ["AUTHMODULE_CLIENT_ID"] = "desktop",
            ["AUTHMODULE_USERNAME"] = "alice",
            ["AUTHMODULE_PASSWORD"] = DemoServer.AlicePassword,
            ["AUTHMODULE_SCOPE"] = "orders.read",
        });

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal("alice", result.Text("subject"));
        Assert.Equal("orders.read", result.Text("scope"));
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task A_provider_of_ones_own_is_a_file()
    {
        await using FaultServer server = FaultServer.Start().On("/login", FaultReply.Json(200, """{"key":"token-of-the-shop","ttl":60}"""));
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                path,
                """
                {
                  "name": "shop",
                  "endpoints": { "token": "{authority}/login" },
                  "grants": { "password": { "encoding": "json", "credential": "none", "fields": { "who": "{username}", "word": "{password}" } } },
                  "reply": { "accessToken": "key", "expiresIn": "ttl" }
                }
                """,
                TestContext.Current.CancellationToken);

            CliResult result = await CliRun.RunAsync(
                ["get", "--provider-file", path, "--authority", server.Address.AbsoluteUri, "--username", "alice", "--password-stdin", "--output", "token"],
                [],
                "pa55");

            Assert.Equal(string.Empty, result.Error);
            Assert.Equal("token-of-the-shop\n", result.Output);
            Assert.Equal("""{"who":"alice","word":"pa55"}""", server.Requests.Single().Body);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    [Trait("Feature", "P9")]
    public async Task A_private_authority_and_a_client_certificate_are_files()
    {
        await using DemoServer server = await DemoServer.StartAsync(static options => options with { Address = new Uri("https://127.0.0.1:0"), RequireClientCertificate = true });
        using var certificate = server.Server.Certificates.CreateClient("nightly");
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string authority = Path.Combine(folder, "ca.pem");
            string client = Path.Combine(folder, "client.pem");
            string key = Path.Combine(folder, "client.key");
            await File.WriteAllTextAsync(authority, server.Server.Certificates.AuthorityPem, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(client, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            using (var privateKey = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!)
            {
                await File.WriteAllTextAsync(key, privateKey.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
            }

            CliResult trusted = await CliRun.RunAsync(
                ["get", "--authority", server.Authority, "--client-id", "nightly", "--client-secret-stdin", "--ca-certificate", authority, "--client-certificate", client, "--client-certificate-key", key],
                [],
                DemoServer.NightlySecret);
            CliResult without = await server.GetAsync("--ca-certificate", authority, "--maximum-retry-count", "0");
            CliResult unreadable = await server.GetAsync("--client-certificate", key);

            Assert.Equal(ExitCode.Done, trusted.ExitCode);
            Assert.Equal(ExitCode.Unavailable, without.ExitCode);
            Assert.Contains($"[{AuthErrorId.InvalidCertificate}]", unreadable.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
