using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Cli.Tests.Support;
using Xunit;

namespace AuthModule.Cli.Tests.Integrations;

/// <summary>The DSC v3 resource, by the command lines of its manifest.</summary>
public sealed class DscTests : IDisposable
{
    private const string StoreKey = "canary-store-key-3b7d5f20";

    private readonly string folder = Directory.CreateTempSubdirectory("authmodule-dsc-").FullName;
    private readonly DscEngine engine;

    public DscTests() => engine = new(
        Repository.PathOf("integrations/dsc/authtoken.dsc.resource.json"),
        new() { ["AUTHMODULE_STORE_KEY"] = StoreKey, ["NIGHTLY_SECRET"] = DemoServer.NightlySecret });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Feature", "D9")]
    [Trait("Feature", "N10")]
    public async Task Set_brings_about_what_test_missed_and_no_state_holds_a_secret()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string present = Instance(server, new() { ["secureString"] = DemoServer.NightlySecret });
        string absent = Instance(server, new() { ["env"] = "NIGHTLY_SECRET" }, exist: false);

        Assert.False((await engine.RunAsync("get", present)).Json.GetProperty("_exist").GetBoolean());
        Assert.False(await engine.TestAsync(present));
        Assert.Empty(server.Server.Requests);

        JsonElement set = (await engine.RunAsync("set", present)).Json;
        Assert.True(set.GetProperty("_exist").GetBoolean());
        Assert.Equal("nightly job", set.GetProperty("name").GetString());
        Assert.InRange(set.GetProperty("expiresOn").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));

        int sent = server.Server.Requests.Count();
        Assert.True(await engine.TestAsync(present));

        // A store keeps the end by the service's clock, which tells whole seconds only.
        DateTimeOffset end = set.GetProperty("expiresOn").GetDateTimeOffset();
        Assert.Equal(end, (await engine.RunAsync("get", present)).Json.GetProperty("expiresOn").GetDateTimeOffset(), TimeSpan.FromSeconds(2));
        Assert.Equal(end, (await engine.RunAsync("export", present)).Json.GetProperty("expiresOn").GetDateTimeOffset(), TimeSpan.FromSeconds(2));
        Assert.False(await engine.TestAsync(absent));
        Assert.Equal(sent, server.Server.Requests.Count());

        string token = (await CliProcess.RunAsync(
            ["get", "--offline", "--authority", server.Authority, "--client-id", "nightly", "--scope", "orders.read", "--store", $"file:{folder}", "--output", "token"],
            new() { ["AUTHMODULE_STORE_KEY"] = StoreKey, ["AUTHMODULE_CLIENT_SECRET"] = DemoServer.NightlySecret })).Output.Trim();
        Assert.False((await engine.RunAsync("set", absent)).Json.GetProperty("_exist").GetBoolean());
        Assert.Single(server.RequestsTo("/revoke"));
        Assert.False((await server.Server.State.Issuer.FindAsync(token, TestContext.Current.CancellationToken)).IsActive);
        Assert.True(await engine.TestAsync(absent));
        Assert.Equal(string.Empty, (await engine.RunAsync("export", present)).Output);

        Assert.All(engine.Written, written =>
        {
            Assert.DoesNotContain(token, written, StringComparison.Ordinal);
            Assert.DoesNotContain(DemoServer.NightlySecret, written, StringComparison.Ordinal);
            Assert.DoesNotContain(StoreKey, written, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Trait("Feature", "D9")]
    public async Task A_token_with_too_little_life_is_not_what_was_asked_for()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        JsonObject secret = new() { ["secureString"] = DemoServer.NightlySecret };
        await engine.RunAsync("set", Instance(server, secret));

        Assert.True(await engine.TestAsync(Instance(server, secret, lifetime: "10m")));

        // The server gives an hour: no token of it has more than nine tenths of that left for longer than a moment.
        Assert.True(await engine.TestAsync(Instance(server, secret, lifetime: "30m")));
        JsonElement state = (await engine.RunAsync("test", Instance(server, secret, lifetime: "30m"))).Json;
        Assert.Equal("1800s", state.GetProperty("minimumLifetime").GetString());
    }

    [Fact]
    [Trait("Feature", "D9")]
    public async Task Exit_codes_are_those_of_the_manifest()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        string wrong = Instance(server, new() { ["secureString"] = "canary-wrong-secret" });

        CliResult refused = await engine.RunAsync("set", wrong);
        CliResult unreadable = await engine.RunAsync("get", """{ "authority": "x", "clientSecret": "canary-unreadable" """);
        CliResult unknown = await engine.RunAsync("get", """{ "authority": "x", "clientSecrets": "canary-misspelt" }""");
        CliResult memory = await engine.RunAsync("get", """{ "authority": "x", "store": "memory" }""");
        CliResult unset = await engine.RunAsync("get", """{ "authority": "x", "clientSecret": { "env": "NOT_SET_ANYWHERE" } }""");

        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains($"[{AuthErrorId.InvalidClient}, ", refused.Error, StringComparison.Ordinal);
        Assert.All([unreadable, unknown, memory, unset], static result => Assert.Equal(ExitCode.Usage, result.ExitCode));
        Assert.Contains("clientSecrets", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("NOT_SET_ANYWHERE", unset.Error, StringComparison.Ordinal);
        Assert.All(engine.Written, static written => Assert.DoesNotContain("canary", written, StringComparison.Ordinal));
        int[] all = [ExitCode.Done, ExitCode.Fault, ExitCode.Usage, ExitCode.Refused, ExitCode.Unavailable, ExitCode.Interrupted];
        Assert.Equal(all, engine.ExitCodes);
    }

    [Fact]
    [Trait("Feature", "D9")]
    public async Task The_schema_names_what_instances_and_states_hold_and_a_state_is_an_instance()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        JsonElement properties = (await engine.SchemaAsync()).GetProperty("properties");
        string[] names = [.. properties.EnumerateObject().Select(static property => property.Name)];

        // The reader lists what it knows when it meets something else.
        CliResult unknown = await engine.RunAsync("get", """{ "authority": "x", "somethingElse": 1 }""");
        string known = unknown.Error.Split("known are ")[1].Split('.')[0];
        Assert.Equal(names.Order(StringComparer.Ordinal), known.Split(", ").Order(StringComparer.Ordinal));

        JsonElement state = (await engine.RunAsync("set", Instance(server, new() { ["secureString"] = DemoServer.NightlySecret }))).Json;
        Assert.All(state.EnumerateObject(), property => Assert.Contains(property.Name, names));
        Assert.Equal(ExitCode.Done, (await engine.RunAsync("get", state.GetRawText())).ExitCode);
    }

    [Fact]
    [Trait("Feature", "U12")]
    public async Task A_failure_is_one_line_of_json_with_the_member_error_as_dsc_reads_it()
    {
        await using DemoServer server = await DemoServer.StartAsync();

        CliResult refused = await engine.RunAsync("set", Instance(server, new() { ["secureString"] = "canary-wrong-secret" }));
        CliResult unreadable = await engine.RunAsync("get", "no json \"at\" all");
        CliResult verbose = await CliProcess.RunAsync(["dsc", "set", "--verbose"], new() { ["AUTHMODULE_STORE_KEY"] = StoreKey }, Instance(server, new() { ["secureString"] = DemoServer.NightlySecret }));

        foreach (CliResult failed in new[] { refused, unreadable })
        {
            JsonElement line = JsonSerializer.Deserialize<JsonElement>(Assert.Single(failed.Error.TrimEnd('\n').Split('\n')));
            Assert.Equal(["error"], line.EnumerateObject().Select(static member => member.Name));
        }

        Assert.Contains("refused client 'nightly'", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Check the client id and the secret", refused.Error, StringComparison.Ordinal);
        Assert.NotEmpty(verbose.Error);
        Assert.All(verbose.Error.TrimEnd('\n').Split('\n'), static line => Assert.Contains(
            Assert.Single(JsonSerializer.Deserialize<JsonElement>(line).EnumerateObject()).Name, new[] { "error", "warn", "info", "debug", "trace" }));
    }

    [Fact]
    [Trait("Feature", "U12")]
    public async Task Export_without_an_instance_gives_every_session_of_the_store()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        await engine.RunAsync("set", Instance(server, new() { ["secureString"] = DemoServer.NightlySecret }));

        CliResult all = await CliProcess.RunAsync(["dsc", "export"], new() { ["AUTHMODULE_STORE_KEY"] = StoreKey, ["AUTHMODULE_STORE"] = $"file:{folder}" });

        Assert.Equal("nightly", all.Json.GetProperty("clientId").GetString());
        Assert.True(all.Json.GetProperty("_exist").GetBoolean());
        Assert.DoesNotContain(DemoServer.NightlySecret, all.All, StringComparison.Ordinal);
    }

    private string Instance(DemoServer server, JsonObject secret, bool? exist = null, string? lifetime = null)
    {
        var instance = new JsonObject
        {
            ["name"] = "nightly job",
            ["authority"] = server.Authority,
            ["clientId"] = "nightly",
            ["clientSecret"] = secret.DeepClone(),
            ["scope"] = new JsonArray("orders.read"),
            ["store"] = $"file:{folder}",
        };
        if (exist is not null)
        {
            instance["_exist"] = exist;
        }

        if (lifetime is not null)
        {
            instance["minimumLifetime"] = lifetime;
        }

        return instance.ToJsonString();
    }
}
