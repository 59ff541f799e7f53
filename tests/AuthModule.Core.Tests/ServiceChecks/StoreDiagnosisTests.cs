using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Stores;
using AuthModule.Core.Tests.Support;
using AuthModule.ServiceChecks;
using AuthModule.Stores;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.ServiceChecks;

/// <summary>A store gone through step by step, as Test-AuthService -Store and doctor --store do it.</summary>
[Trait("Feature", "E4")]
public sealed class StoreDiagnosisTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_redis_passes_every_step_and_keeps_nothing()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Report report = await LookAsync(server.Address + "?prefix=team:");
        Assert.Empty(report.Faults);
        Assert.Equal(["Address", "Name", "Connection", "Tls", "Access", "Version", "Role", "Rights", "Scripts", "Clock", "Key"], report.Checks.Select(check => check.Name));
        Assert.Contains("keys begin with team:", report["Address"].Detail, StringComparison.Ordinal);
        Assert.Contains("not sealed yet", report["Key"].Detail, StringComparison.Ordinal);
        Assert.Contains($"primary 127.0.0.1:{server.Port}", report["Role"].Detail, StringComparison.Ordinal);
        Assert.StartsWith(":0\r\n", await server.AskAsync("EVAL", "return #redis.call('keys', '*')", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_shows_its_primaries()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync();
        Report report = await LookAsync(cluster.Address);
        Assert.Empty(report.Faults);
        Assert.StartsWith("cluster: primaries ", report["Role"].Detail, StringComparison.Ordinal);
        Assert.All(cluster.Nodes, node => Assert.Contains($":{node.Port}", report["Role"].Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("redis://127.0.0.1:1/0", "Connection")]
    [InlineData("redis://nobody.invalid/0", "Name")]
    [InlineData("redis://h/x", "Address")]
    [InlineData("redis://u:canary@{server}/0", "Access")]
    [InlineData("redis://{server}/99", "Access")]
    [InlineData("redis://reader:canary-reader@{server}/0", "Rights")]
    [InlineData("redis://noscript:canary-noscript@{server}/0", "Scripts")]
    public async Task What_is_wrong_is_told_once_and_what_needs_it_is_not_looked_at(string address, string step)
    {
        await using RedisServer server = await RedisServer.StartAsync(
            "--user", "reader", "on", ">canary-reader", "~*", "+@read", "+@connection", "+info", "+role", "+time", "--user", "noscript", "on", ">canary-noscript", "~*", "+@all", "-@scripting");
        Report report = await LookAsync(address.Replace("{server}", $"127.0.0.1:{server.Port}", StringComparison.Ordinal));
        ServiceCheck fault = Assert.Single(report.Checks, check => check.Passed == false);
        Assert.Equal(step, fault.Name);
        Assert.False(string.IsNullOrWhiteSpace(fault.RecommendedAction));
        Assert.NotNull(fault.Id);
        Assert.All(report.Checks.Where(check => check.Passed is null && check.Name != "Tls"), check => Assert.Equal($"not looked at: {step} failed", check.Detail));
        Assert.DoesNotContain("canary", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_is_found_before_a_session_is()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        EngineHost owner = HostWith(1);
        await owner.Engine.SharedStores.Catalog.Open(server.Address).SetAsync("a", [1], null, Stop);
        Assert.Empty((await LookAsync(server.Address, owner)).Faults);
        Report report = await LookAsync(server.Address, HostWith(2));
        Assert.Equal(["Key"], report.Faults);
        Assert.Contains("sealed with another key", report["Key"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_has_an_address_and_a_key()
    {
        using var folder = new TestFolder();
        Report report = await LookAsync("file:" + folder.File("store"));
        Assert.Equal(["Address", "Key"], report.Checks.Select(check => check.Name));
        Assert.Empty(report.Faults);
    }

    private static EngineHost HostWith(byte key)
    {
        var host = new EngineHost();
        host.Variables[StoreCatalog.KeyVariable] = Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]);
        return host;
    }

    private static async Task<Report> LookAsync(string address, EngineHost? host = null)
    {
        host ??= HostWith(1);
        await using var diagnosis = new StoreDiagnosis(host.Engine, address, host.Log);
        var checks = new List<ServiceCheck>();
        while (await diagnosis.NextAsync(Stop) is { } check)
        {
            checks.Add(check);
        }

        return new Report(checks);
    }
}
