using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using AuthModule.Text;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>What the command line was told to expect is compared, wherever keys come from and however the service is named.</summary>
[Trait("Feature", "N13")]
[Trait("Feature", "C8")]
public sealed class ExpectedValueTests
{
    private static readonly (string Name, string Failure, string[] Options, Action<Dictionary<string, object?>> Break)[] Rules =
    [
        ("issuer", AuthErrorId.IssuerMismatch, [], claims => claims["iss"] = "https://evil.example"),
        ("audience", AuthErrorId.AudienceMismatch, ["--audience", "orders"], claims => claims["aud"] = "payroll"),
        ("client", AuthErrorId.ClientMismatch, ["--client-id", "nightly"], claims => claims["client_id"] = "portal"),
        ("use", AuthErrorId.TokenUseMismatch, ["--token-use", "id"], _ => { }),
        ("logout", AuthErrorId.TokenUseMismatch, ["--token-use", "logout"], _ => { }),
        ("scope", AuthErrorId.InsufficientScope, ["--required-scope", "orders.read"], claims => claims["scope"] = "x"),
        ("group", AuthErrorId.ClaimMismatch, ["--required-group", "sales"], claims => claims["groups"] = new[] { "x" }),
        ("claim", AuthErrorId.ClaimMismatch, ["--required-claim", "n=9007199254740993"], claims => claims["n"] = 9007199254740992),
        ("certificate", AuthErrorId.TokenUseMismatch, ["--client-certificate", "{certificate}"], claims => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = "other" }),
    ];

    [Fact]
    public async Task A_token_that_breaks_a_rule_is_refused_whatever_the_keys_come_from_and_however_its_service_is_named()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string keyFile = Path.GetTempFileName(), certificateFile = Path.GetTempFileName();
        var faults = new List<string>();
        int refused = 0;
        try
        {
            await File.WriteAllTextAsync(keyFile, server.Server.State.Keys.ToJwks(), TestContext.Current.CancellationToken);
            using X509Certificate2 certificate = NewCertificate();
            await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            string keycloak = server.Authority + "/realms/r1";
            (string Name, string Issuer, string[] Options, string? Environment)[] names =
            [
                ("--authority", server.Authority, ["--authority", server.Authority], null),
                ("--provider --parameter", keycloak, ["--provider", "keycloak", "--authority", server.Authority, "--parameter", "realm=r1"], null),
                ("--issuer", server.Authority, ["--issuer", server.Authority], null),
                ("environment", server.Authority, [], server.Authority),
            ];
            foreach ((string source, string[] keys) in (IEnumerable<(string, string[])>)[("file", ["--jwks", keyFile]), ("address", ["--jwks", server.Authority + "/jwks"]), ("published", []), ("offline", ["--offline"])])
            {
                foreach ((string name, string issuer, string[] named, string? environment) in names.Where(name => source != "published" || name.Name != "--issuer"))
                {
                    foreach (bool isHeader in (bool[])[false, true])
                    {
                        async Task<string?> TestAsync(Dictionary<string, object?> claims, string[] options)
                        {
                            string token = server.Server.State.Keys.Sign(claims, "JWT");
                            Dictionary<string, string> variables = isHeader ? new() { ["AUTHMODULE_AUTHORIZATION_HEADER"] = "Bearer " + token } : new() { ["AUTHMODULE_TOKEN"] = token };
                            if (environment is not null)
                            {
                                variables["AUTHMODULE_AUTHORITY"] = environment;
                            }

                            CliResult result = await CliRun.RunAsync(["test", .. keys, .. named, .. options.Select(option => option.Replace("{certificate}", certificateFile, StringComparison.Ordinal))], variables);
                            return result.ExitCode is ExitCode.Done or ExitCode.NotValid ? (result.Json.TryGetProperty("failure", out System.Text.Json.JsonElement failure) ? failure.GetString() : null) : result.All;
                        }

                        foreach ((string rule, string failure, string[] options, Action<Dictionary<string, object?>> change) in Rules)
                        {
                            Dictionary<string, object?> claims = Claims(issuer);
                            change(claims);
                            string where = $"{source}, {name}, {(isHeader ? "header" : "token")}, {rule}";
                            if (await TestAsync(claims, options) is var found && found != failure)
                            {
                                faults.Add($"{where}: {found ?? "passed"}");
                            }

                            if (!options.Contains("--token-use") && await TestAsync(Claims(issuer), options) is { } refusedGood)
                            {
                                faults.Add($"{where}: the good token: {refusedGood}");
                            }

                            refused++;
                        }
                    }
                }
            }
        }
        finally
        {
            File.Delete(keyFile);
            File.Delete(certificateFile);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"expected values on the command line: {refused} wrong tokens refused");
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(20)));
        Assert.InRange(refused, 200, int.MaxValue);
    }

    [Fact]
    public async Task Keys_alone_name_no_issuer_and_the_result_says_what_to_add()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult result = await CliRun.RunAsync(
            ["test", "--jwks", server.Authority + "/jwks"],
            new Dictionary<string, string> { ["AUTHMODULE_TOKEN"] = server.Server.State.Keys.Sign(Claims("https://whoever.example"), "JWT") });

        Assert.Equal(ExitCode.Done, result.ExitCode);
        System.Text.Json.JsonElement row = Assert.Single(result.Json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "Issuer");
        Assert.False(row.GetProperty("was_run").GetBoolean());
        Assert.Contains("--issuer", row.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("--authority", row.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "R33")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_is_bound_to_a_certificate_passes_with_it_only(bool isShown)
    {
        await using DemoServer server = await DemoServer.StartAsync();
        using X509Certificate2 certificate = NewCertificate();
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, certificate.RawData, TestContext.Current.CancellationToken);
            Dictionary<string, object?> claims = Claims(server.Authority);
            claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = Base64Url.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)) };
            CliResult result = await server.TestAsync(server.Server.State.Keys.Sign(claims, "JWT"), isShown ? ["--client-certificate", path] : []);
            Assert.Equal(isShown ? ExitCode.Done : ExitCode.NotValid, result.ExitCode);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("--audience")]
    [InlineData("--issuer")]
    [InlineData("--client-id")]
    [InlineData("--required-scope")]
    [InlineData("--required-group")]
    public async Task A_rule_without_a_value_is_refused(string option)
    {
        CliResult result = await CliRun.RunAsync(
            ["test", "--authority", "https://id.example.com", option, " "], new Dictionary<string, string> { ["AUTHMODULE_TOKEN"] = "a.b.c" });
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "R11")]
    public async Task The_service_can_be_asked_as_a_client()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string token = (await server.GetAsync("--output", "token")).Output.TrimEnd('\n');
        Task<CliResult> AskAsync(string asked) => CliRun.RunAsync(
            ["test", "--authority", server.Authority, "--introspect", "--audience", "orders"],
            new Dictionary<string, string> { ["AUTHMODULE_TOKEN"] = asked, ["AUTHMODULE_CLIENT_ID"] = "nightly", ["AUTHMODULE_CLIENT_SECRET"] = DemoServer.NightlySecret });

        Assert.Equal(ExitCode.Done, (await AskAsync(token)).ExitCode);
        Assert.Equal(AuthErrorId.TokenInactive, (await AskAsync("unknown")).Text("failure"));
    }

    private static Dictionary<string, object?> Claims(string issuer) => new()
    {
        ["iss"] = issuer,
        ["sub"] = "alice",
        ["aud"] = "orders",
        ["client_id"] = "nightly",
        ["scope"] = "orders.read",
        ["groups"] = new[] { "sales" },
        ["n"] = 9007199254740993,
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 10,
        ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600,
    };

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=caller", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
