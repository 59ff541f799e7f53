using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Telemetry;

public sealed class AuditLogTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly EngineHost host = new();

    public AuditLogTests() => host.Variables["AUTHMODULE_AUDIT"] = Log;

    private string Log => folder.File("audit.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Feature", "N16")]
    public async Task It_says_who_did_what_when_and_never_the_token()
    {
        await using ScriptedServer server = await ServerAsync(200, """{"access_token":"canary-access","refresh_token":"canary-refresh","expires_in":3600,"scope":"orders.read"}""");
        await host.GetAsync(Request(server));
        await host.CurrentAsync();
        await host.UpdateAsync();
        await host.RevokeAsync(localOnly: true);

        JsonElement[] lines = Lines();
        Assert.Equal(["token.acquired", "token.renewed", "session.forgotten"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.All(lines, line =>
        {
            Assert.Equal("done", line.GetProperty("outcome").GetString());
            Assert.Equal("nightly", line.GetProperty("client_id").GetString());
            Assert.Equal(Environment.MachineName, line.GetProperty("machine").GetString());
            Assert.Equal(Environment.UserName, line.GetProperty("user").GetString());
            Assert.Equal(Environment.ProcessId, line.GetProperty("process").GetInt32());
            Assert.True(DateTimeOffset.TryParse(line.GetProperty("time").GetString(), out _));
        });
        Assert.Equal("orders.read", lines[0].GetProperty("scope").GetString());
        Assert.Equal(lines[0].GetProperty("session").GetString(), lines[2].GetProperty("session").GetString());
        Assert.DoesNotContain("canary", File.ReadAllText(Log), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task A_refusal_is_in_it_with_its_id()
    {
        await using ScriptedServer server = await ServerAsync(401, """{"error":"invalid_client"}""");
        await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(Request(server)));

        JsonElement line = Assert.Single(Lines());
        Assert.Equal(("token.acquired", "InvalidClient"), (line.GetProperty("event").GetString(), line.GetProperty("outcome").GetString()));
        Assert.NotEmpty(line.GetProperty("request_id").GetString()!);
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task A_log_that_cannot_be_written_is_a_warning_and_the_token_is_there()
    {
        host.Variables["AUTHMODULE_AUDIT"] = folder.File("no/such/folder/audit.jsonl");
        await using ScriptedServer server = await ServerAsync(200, """{"access_token":"a","expires_in":3600}""");

        Assert.Equal("a", (await host.GetAsync(Request(server))).ToPlainText());
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning:", StringComparison.Ordinal) && line.Contains("AUTHMODULE_AUDIT", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task A_log_that_is_not_named_by_its_whole_path_is_a_warning_and_is_written_nowhere()
    {
        string name = $"audit-{Guid.NewGuid():N}.jsonl";
        host.Variables["AUTHMODULE_AUDIT"] = name;
        await using ScriptedServer server = await ServerAsync(200, """{"access_token":"a","expires_in":3600}""");

        Assert.Equal("a", (await host.GetAsync(Request(server))).ToPlainText());
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning:", StringComparison.Ordinal) && line.Contains("not a whole path", StringComparison.Ordinal));
        Assert.False(File.Exists(name));
    }

    [Fact]
    public void Many_writers_lose_no_line_and_mix_none()
    {
        AuditEntry entry = new() { Event = "token.acquired", Outcome = "done", Service = "https://id.example", Provider = "oidc", Scopes = ["a", "b"] };
        Parallel.For(0, 8, _ =>
        {
            var log = new AuditLog(host.Variables, TimeProvider.System);
            for (int i = 0; i < 25; i++)
            {
                log.Write(entry, host.Log);
            }
        });

        Assert.Equal(200, Lines().Length);
        Assert.Empty(host.Log.Lines);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
        }
    }

    private static TokenRequest Request(ScriptedServer server) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = server.Address + "/token",
        ClientId = "nightly",
        Grant = "client_credentials",
        Client = new ClientCredential { Secret = Secret.From("canary-secret") },
    };

    private static async Task<ScriptedServer> ServerAsync(int status, string reply) =>
        (await ScriptedServer.StartAsync()).On("POST", "/token", _ => new ScriptedReply(reply, status));

    private JsonElement[] Lines() => [.. File.ReadAllLines(Log).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
}
