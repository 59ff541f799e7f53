using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Commands;

/// <summary>What a store holds: listed, chosen, used and ended by runs that know nothing of each other.</summary>
public sealed class StoredSessionTests : IDisposable
{
    private const string StoreKey = "canary passphrase of this test";

    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-sessions-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Feature", "U5")]
    [Trait("Feature", "N10")]
    public async Task Status_and_list_show_every_session_of_the_store_and_no_secret()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        CliResult client = await GetAsync(server, person: false, "--all-tokens");
        CliResult person = await GetAsync(server, person: true, "--all-tokens");

        CliResult list = await RunAsync("list");
        CliResult status = await RunAsync("status");
        CliResult table = await RunAsync(["list"], columns: 80);
        CliResult blocks = await RunAsync(["status"], columns: 80);

        JsonElement[] sessions = [.. list.Json.GetProperty("sessions").EnumerateArray()];
        Assert.Equal(["desktop", "nightly"], sessions.Select(static session => session.GetProperty("client_id").GetString()));
        Assert.Equal("alice", sessions[0].GetProperty("subject").GetString());
        Assert.True(sessions[0].GetProperty("has_refresh_token").GetBoolean());
        Assert.All(sessions, session => Assert.Equal(server.Authority, session.GetProperty("authority").GetString()));
        Assert.Equal(2, status.Json.GetProperty("sessions").GetArrayLength());
        Assert.Contains("AUTHMODULE_STORE_KEY", status.Json.GetProperty("environment").EnumerateArray().Select(static name => name.GetString()));
        Assert.All(table.Output.Split('\n'), static line => Assert.InRange(Plain(line).Length, 0, 80));
        Assert.Contains("alice (desktop)", table.Output, StringComparison.Ordinal);
        Assert.Contains("Signed in by password", Plain(blocks.Output), StringComparison.Ordinal);
        foreach (string secret in new[] { client.Text("access_token"), person.Text("access_token"), person.Text("refresh_token"), StoreKey, DemoServer.AlicePassword, DemoServer.NightlySecret })
        {
            Assert.All(new[] { list, status, table, blocks }, result => Assert.DoesNotContain(secret, result.All, StringComparison.Ordinal));
        }
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task The_session_that_is_switched_to_is_got_called_with_and_ended_by_runs_that_name_nothing()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        await GetAsync(server, person: false);
        CliResult first = await GetAsync(server, person: true);
        string id = (await RunAsync("list")).Json.GetProperty("sessions").EnumerateArray().First(static session => session.GetProperty("client_id").GetString() == "desktop").GetProperty("id").GetString()!;

        CliResult nothing = await RunAsync("get");
        CliResult chosen = await RunAsync("switch", id[..6]);
        CliResult got = await RunAsync("get");
        CliResult renewed = await RunAsync("update");
        CliResult called = await RunAsync("call", server.Authority + "/api/orders");
        CliResult ended = await RunAsync("logout");
        CliResult after = await RunAsync("list");
        CliResult gone = await RunAsync("logout");

        Assert.Equal(ExitCode.Usage, nothing.ExitCode);
        Assert.Equal(id, chosen.Text("id"));
        Assert.Equal(first.Text("access_token"), got.Text("access_token"));
        Assert.True(renewed.ExitCode == ExitCode.Done, renewed.Error);
        Assert.NotEqual(first.Text("access_token"), renewed.Text("access_token"));
        Assert.Contains("lamp", called.Output, StringComparison.Ordinal);
        Assert.Equal("Confirmed", ended.Json.GetProperty("sessions")[0].GetProperty("refresh_token").GetString());
        Assert.Equal(["nightly"], after.Json.GetProperty("sessions").EnumerateArray().Select(static session => session.GetProperty("client_id").GetString()));
        Assert.Equal(ExitCode.Usage, gone.ExitCode);
        Assert.Contains($"[{AuthErrorId.NoSession}]", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task Logout_of_all_empties_the_store_and_of_an_unknown_id_is_NoSession()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        await GetAsync(server, person: false);
        await GetAsync(server, person: true);

        CliResult unknown = await RunAsync("logout", "ffffffffffff");
        CliResult local = await RunAsync("logout", "--all", "--local-only");

        Assert.Contains($"[{AuthErrorId.NoSession}]", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, local.ExitCode);
        Assert.Empty((await RunAsync("list")).Json.GetProperty("sessions").EnumerateArray());
        Assert.Empty(server.RequestsTo("/revoke"));
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task Another_key_lists_nothing_of_this_store()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        await GetAsync(server, person: false);

        CliResult other = await CliRun.RunAsync(["list", "--store", $"file:{folder}/store"], new() { ["AUTHMODULE_STORE_KEY"] = "another passphrase altogether" });

        Assert.Equal(ExitCode.Unavailable, other.ExitCode);
        Assert.DoesNotContain("nightly", other.All, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task What_a_server_calls_a_person_does_not_steer_the_terminal()
    {
        await using FaultServer server = FaultServer.Start().On("/token", FaultReply.Json(200, """{"access_token":"t","token_type":"Bearer","expires_in":600,"scope":"\u001b]0;X\u0007 a"}"""));
        await CliRun.RunAsync(["get", "--token-endpoint", server.Address + "token", "--client-id", "evil", "--store", $"file:{folder}/store"], new() { ["AUTHMODULE_STORE_KEY"] = StoreKey, ["AUTHMODULE_CLIENT_SECRET"] = "x" });

        CliResult blocks = await RunAsync(["status"], columns: 80, new() { ["NO_COLOR"] = "1" });

        Assert.Contains("evil", blocks.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', blocks.Output);
    }

    private static string Plain(string line) => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9]+m", string.Empty);

    private Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, columns: null);

    private Task<CliResult> RunAsync(string[] arguments, int? columns, Dictionary<string, string>? more = null)
    {
        var environment = new Dictionary<string, string>(more ?? [])
        {
            ["AUTHMODULE_STORE_KEY"] = StoreKey,
            ["AUTHMODULE_STORE"] = $"file:{folder}/store",
            ["XDG_STATE_HOME"] = Path.Combine(folder, "state"),
            ["TERM"] = "xterm",
        };
        return CliRun.RunAsync(arguments, environment, TextReader.Null, onError: null, terminalColumns: columns);
    }

    private Task<CliResult> GetAsync(DemoServer server, bool person, params string[] more) => CliRun.RunAsync(
        ["get", "--authority", server.Authority, "--client-id", person ? "desktop" : "nightly", "--scope", "orders.read", "--store", $"file:{folder}/store", .. person ? ["--username", "alice"] : Array.Empty<string>(), .. more],
        new Dictionary<string, string>
        {
            ["AUTHMODULE_STORE_KEY"] = StoreKey,
            [person ? "AUTHMODULE_PASSWORD" : "AUTHMODULE_CLIENT_SECRET"] = person ? DemoServer.AlicePassword : DemoServer.NightlySecret,
        });
}
