using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Helpers;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>The forms that other programs read, and the protocols of their credential helpers.</summary>
public sealed class HelperTests
{
    [Theory]
    [Trait("Feature", "U6")]
    [InlineData(null, "client.authentication.k8s.io/v1")]
    [InlineData("""{"apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}""", "client.authentication.k8s.io/v1")]
    [InlineData("""{"apiVersion":"client.authentication.k8s.io/v1beta1"}""", "client.authentication.k8s.io/v1beta1")]
    [InlineData("not json", "client.authentication.k8s.io/v1")]
    public async Task Kubectl_gets_a_credential_of_the_version_that_it_asks_for(string? info, string version)
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await GetAsync(server, ["--output", "kubectl"], info is null ? [] : new() { ["KUBERNETES_EXEC_INFO"] = info });

        Assert.Equal(version, result.Text("apiVersion"));
        Assert.Equal("ExecCredential", result.Text("kind"));
        Assert.Equal(ExitCode.Done, (await server.TestAsync(result.Json.GetProperty("status").GetProperty("token").GetString()!)).ExitCode);
        Assert.True(result.Json.GetProperty("status").GetProperty("expirationTimestamp").GetDateTimeOffset() > DateTimeOffset.UtcNow);
    }

    [Fact]
    [Trait("Feature", "U6")]
    public async Task A_caller_without_a_person_gets_no_device_code()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult kubectl = await GetAsync(server, ["--output", "kubectl", "--device-code"], new() { ["KUBERNETES_EXEC_INFO"] = """{"apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}""" });
        CliResult gcloud = await GetAsync(server, ["--output", "gcloud", "--device-code"], new() { ["GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE"] = "0" });

        Assert.Contains($"[{AuthErrorId.InteractionRequired}", kubectl.Error, StringComparison.Ordinal);
        Assert.Contains($"[{AuthErrorId.InteractionRequired}", gcloud.Error, StringComparison.Ordinal);
        Assert.False(gcloud.Json.GetProperty("success").GetBoolean());
        Assert.Equal(AuthErrorId.InteractionRequired, gcloud.Text("code"));
    }

    [Fact]
    [Trait("Feature", "U6")]
    public async Task Gcloud_gets_an_external_account_and_of_a_failure_its_reason()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult got = await GetAsync(server, ["--output", "gcloud"], new() { ["GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE"] = "urn:ietf:params:oauth:token-type:id_token" });
        CliResult failed = await CliRun.RunAsync(["get", "--authority", server.Authority, "--client-id", "nightly", "--output", "gcloud", "--client-secret-stdin"], [], "wrong");

        Assert.True(got.Json.GetProperty("success").GetBoolean());
        Assert.Equal(1, got.Json.GetProperty("version").GetInt32());
        Assert.Equal("urn:ietf:params:oauth:token-type:id_token", got.Text("token_type"));
        Assert.True(got.Json.GetProperty("expiration_time").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal(ExitCode.Refused, failed.ExitCode);
        Assert.Equal(AuthErrorId.InvalidClient, failed.Text("code"));
        Assert.Contains("refused client", failed.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "U6")]
    [InlineData("get", "https", "git.contoso.com", true)]
    [InlineData("get", "http", "127.0.0.1:7", true)]
    [InlineData("get", "http", "git.contoso.com", false)]
    [InlineData("get", "https", "git.contoso.com.evil.example", false)]
    [InlineData("get", "https", "evil.example", false)]
    [InlineData("get", "https", "git.contoso.com@evil.example", false)]
    [InlineData("store", "https", "git.contoso.com", false)]
    [InlineData("erase", "https", "git.contoso.com", false)]
    public async Task Git_gets_a_password_for_the_hosts_that_are_named_and_for_no_other(string operation, string protocol, string host, bool isServed)
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await GetAsync(
            server, ["--output", "git", "--for", "git.contoso.com", "--for", "127.0.0.1:7", operation], [], $"capability[]=authtype\nprotocol={protocol}\nhost={host}\nunknown=1\n\n");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(isServed ? ["username", "password", "password_expiry_utc"] : [], lines.Select(static line => line.Split('=')[0]));
        Assert.Equal(isServed ? 1 : 0, server.RequestsTo("/token").Count);
    }

    [Fact]
    [Trait("Feature", "U6")]
    public async Task Without_a_host_of_its_own_a_helper_serves_the_service_itself()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        var own = new Uri(server.Authority);

        CliResult git = await GetAsync(server, ["--output", "git", "get"], [], $"protocol=http\nhost={own.Authority}\nusername=alice\n\n");
        CliResult docker = await GetAsync(server, ["--output", "docker", "--helper-username", "<token>", "get"], [], server.Authority);

        Assert.StartsWith("username=alice\npassword=", git.Output, StringComparison.Ordinal);
        Assert.Equal("<token>", docker.Text("Username"));
    }

    [Theory]
    [Trait("Feature", "U6")]
    [InlineData("get", "https://registry.contoso.com/v1/", 0, "\"ServerURL\":\"https://registry.contoso.com/v1/\"")]
    [InlineData("get", "registry.contoso.com", 0, "\"Username\":\"oauth2\"")]
    [InlineData("get", "https://evil.example", 1, "credentials not found in native keychain")]
    [InlineData("list", "", 0, "{\"https://registry.contoso.com\":\"oauth2\"}")]
    [InlineData("store", """{"ServerURL":"https://registry.contoso.com","Username":"a","Secret":"canary-typed"}""", 0, "")]
    [InlineData("store", """{"ServerURL":"https://evil.example","Username":"a","Secret":"canary-typed"}""", 1, "keeps no credentials")]
    [InlineData("store", "no json canary-typed", 1, "keeps no credentials")]
    [InlineData("erase", "https://registry.contoso.com", 0, "")]
    public async Task Docker_speaks_its_protocol(string operation, string input, int exitCode, string says)
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult result = await GetAsync(server, ["--output", "docker", "--for", "registry.contoso.com", operation], [], input);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(says, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-typed", result.All, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U6")]
    public async Task What_git_could_not_sign_in_with_is_renewed_once()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string store = Directory.CreateTempSubdirectory("authmodule-git-").FullName;
        try
        {
            string[] helper = ["--output", "git", "--for", "git.contoso.com", "--store", $"file:{store}"];
            Dictionary<string, string> key = new() { ["AUTHMODULE_STORE_KEY"] = "a passphrase of this test" };
            const string Asked = "protocol=https\nhost=git.contoso.com\n";
            string first = (await GetAsync(server, [.. helper, "get"], key, Asked)).Output;
            string refused = first.Split('\n').Single(static line => line.StartsWith("password=", StringComparison.Ordinal));

            await GetAsync(server, [.. helper, "erase"], key, Asked + refused + "\n");
            await GetAsync(server, [.. helper, "erase"], key, Asked + refused + "\n");
            string second = (await GetAsync(server, [.. helper, "get"], key, Asked)).Output;

            Assert.NotEqual(first, second);
            Assert.Equal(2, server.RequestsTo("/token").Count);
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }

    [Fact]
    [Trait("Feature", "U6")]
    [Trait("Feature", "N10")]
    public async Task Aws_gets_credentials_for_the_token_from_the_endpoint_that_is_given()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        await using FaultServer sts = FaultServer.Start().On("/", FaultReply.Text(200, "text/xml", """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
            <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret/of+aws</SecretAccessKey><SessionToken>session-of-aws</SessionToken>
            <Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
            """));

        CliResult result = await GetAsync(
            server, ["--output", "aws", "--aws-endpoint", sts.Address.AbsoluteUri, "--aws-role-arn", "arn:aws:iam::123456789012:role/job", "--aws-duration", "1h", "--debug"], []);

        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        Assert.Equal((1, "ASIAEXAMPLE", "secret/of+aws", "session-of-aws", "2030-01-01T00:00:00Z"), (result.Json.GetProperty("Version").GetInt32(), result.Text("AccessKeyId"), result.Text("SecretAccessKey"), result.Text("SessionToken"), result.Text("Expiration")));
        string body = sts.Requests.Single().Body;
        Assert.Contains("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fjob&RoleSessionName=authmodule&WebIdentityToken=eyJ", body, StringComparison.Ordinal);
        Assert.EndsWith("&DurationSeconds=3600", body, StringComparison.Ordinal);
        Assert.DoesNotContain(body.Split("WebIdentityToken=")[1].Split('&')[0], result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "U6")]
    [InlineData(400, "ExpiredTokenException", AuthErrorId.TokenExpired)]
    [InlineData(400, "InvalidIdentityToken", AuthErrorId.InvalidCredentials)]
    [InlineData(403, "AccessDenied", AuthErrorId.AccessDenied)]
    [InlineData(400, "PackedPolicyTooLarge", AuthErrorId.InvalidRequest)]
    public async Task What_aws_refuses_is_told_in_its_own_words(int status, string code, string id)
    {
        await using DemoServer server = await DemoServer.StartAsync();
        await using FaultServer sts = FaultServer.Start().On("/", FaultReply.Text(status, "text/xml", $"<ErrorResponse><Error><Code>{code}</Code><Message>No, because.</Message></Error></ErrorResponse>"));

        CliResult result = await GetAsync(server, ["--output", "aws", "--aws-endpoint", sts.Address.AbsoluteUri, "--aws-role-arn", "arn:x", "--maximum-retry-count", "0"], []);

        Assert.NotEqual(ExitCode.Done, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
        Assert.Contains("No, because.", result.Error, StringComparison.Ordinal);
        Assert.Contains($"[{id}", result.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, result.Output);
    }

    [Theory]
    [Trait("Feature", "U6")]
    [InlineData("plain-Token_1.2~3+/=", "plain-Token_1.2~3+/=")]
    [InlineData("it's $HOME `id` \"x\" \\", "'it'\\''s $HOME `id` \"x\" \\'")]
    public void A_shell_reads_nothing_but_the_value(string value, string written) => Assert.Equal(written, ShellLine.Value(value));

    [Fact]
    [Trait("Feature", "U6")]
    public void Curl_reads_a_header_with_quotes_and_backslashes_whole() => Assert.Equal(
        ["header = \"X-Key: a\\\\b\\\"c\""],
        CurlConfig.Of(new System.Collections.Hashtable { ["X-Key"] = "a\\b\"c" }));

    [Fact]
    [Trait("Feature", "U6")]
    public async Task A_token_that_is_bound_to_a_key_is_not_given_to_a_program_that_cannot_prove_it()
    {
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(200, """{"access_token":"t","token_type":"DPoP","expires_in":60}"""));
        foreach (string form in new[] { "kubectl", "gcloud", "env" })
        {
            CliResult result = await CliRun.RunAsync(["get", "--token-endpoint", server.Address + "token", "--client-id", "x", "--dpop", "--output", form], new() { ["AUTHMODULE_CLIENT_SECRET"] = "x" });

            Assert.Equal(ExitCode.Usage, result.ExitCode);
            Assert.Contains("authmodule call", result.Error, StringComparison.Ordinal);
        }
    }

    private static Task<CliResult> GetAsync(DemoServer server, string[] more, Dictionary<string, string> environment, string input = "") => CliRun.RunAsync(
        ["get", "--authority", server.Authority, "--client-id", "nightly", .. more],
        new Dictionary<string, string>(environment) { ["AUTHMODULE_CLIENT_SECRET"] = DemoServer.NightlySecret },
        input);
}
