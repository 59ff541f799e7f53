using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>Nodes that are demoted, killed or restarted under a process that holds its connection.</summary>
[Trait("Feature", "E2")]
public sealed class RedisFailoverTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_primary_that_is_demoted_under_a_living_process_is_left_for_the_new_one(bool namesBoth)
    {
        await using RedisReplication pair = await RedisReplication.StartAsync();
        using RedisStore store = Open(namesBoth ? pair.Address : pair.Primary.Address);
        await store.SetAsync("a", [1], null, Stop);
        await using IStoreLock held = await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop);
        await pair.SwapAsync();
        await store.SetAsync("a", [2], null, Stop);
        Assert.Equal([2], await store.GetAsync("a", Stop));
        Assert.True(await held.IsHeldAsync(Stop));
        Assert.Contains("\r\n\u0002\r\n", "\r\n" + (await pair.Primary.AskAsync("GET", "authmodule:a"))[4..], StringComparison.Ordinal);
        await pair.SwapAsync();
        Assert.Equal([2], await store.TakeAsync("a", Stop));
        Assert.True(await store.AddAsync("a", [3], null, Stop));
    }

    [Fact]
    public async Task A_killed_primary_is_left_for_the_one_that_the_sentinels_name()
    {
        await using RedisReplication pair = await RedisReplication.StartWatchedAsync("p@ss/wörd %");
        using RedisStore store = Open(pair.SentinelAddress.Replace("://", "://:p@ss/wörd%20%25@", StringComparison.Ordinal));
        await store.SetAsync("a", [1], null, Stop);
        await pair.Primary.KillAsync("p@ss/wörd %");
        await store.SetAsync("a", [2], null, Stop);
        Assert.Equal([2], await store.GetAsync("a", Stop));
        Assert.Contains("\u0002", await pair.Replica.AskWithAsync("p@ss/wörd %", "GET", "authmodule:a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_node_of_a_cluster_is_left_for_its_replica()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync();
        using RedisStore store = Open(cluster.Nodes[0].Address);
        await store.SetAsync("a", [1], null, Stop);
        RedisServer holder = await cluster.HolderOfAsync("authmodule:a");
        await cluster.FollowAsync(holder);
        await using IStoreLock held = await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop); // Longer than a failover takes on a busy machine.
        await holder.KillAsync();
        await store.SetAsync("a", [2], null, Stop);
        Assert.Equal([2], await store.GetAsync("a", Stop));
        await RedisServer.UntilAsync(async () => await held.IsHeldAsync(Stop));
    }

    [Fact]
    public async Task A_restarted_server_is_found_again_and_a_load_waited_for()
    {
        using var folder = new TestFolder();
        string[] options = ["--dir", folder.Path, "--appendonly", "yes", "--appendfsync", "no"];
        RedisServer server = await RedisServer.StartAsync(options);
        using RedisStore store = Open(server.Address);
        for (int i = 0; i < 50; i++)
        {
            await store.SetAsync("k" + i, new byte[2000], null, Stop);
        }

        await server.KillAsync();
        Task<byte[]?> asked = store.GetAsync("k7", Stop).AsTask();
        await using RedisServer again = await RedisServer.LaunchOnAsync(
            RedisServer.Program!, server.Port, [.. options, "--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024"]);
        Assert.Equal(2000, (await asked)!.Length);
    }

    [Fact]
    public async Task What_must_not_be_done_twice_is_not_repeated_when_its_answer_is_lost()
    {
        await using var server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await store.SetAsync("a", [1], null, Stop);
        await server.AskAsync("CLIENT", "PAUSE", "60000", "WRITE");
        Task<byte[]?> taken = store.TakeAsync("a", Stop).AsTask();
        await RedisServer.UntilAsync(async () => (await server.AskAsync("CLIENT", "LIST")).Contains("cmd=getdel", StringComparison.Ordinal));
        await server.AskAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => taken);
        Assert.Equal(AuthErrorId.StoreUnavailable, error.Code);
        Assert.Contains("whether it did GETDEL is not known", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_call_that_waits_for_a_new_node_ends_when_its_caller_leaves()
    {
        RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await store.SetAsync("a", [1], null, Stop);
        await server.KillAsync();
        using var leave = new CancellationTokenSource();
        Task<byte[]?> waiting = store.GetAsync("a", leave.Token).AsTask();
        await leave.CancelAsync();
        Assert.Equal(AuthErrorId.Canceled, (await Assert.ThrowsAsync<AuthServiceException>(() => waiting)).Code);
    }

    // A lock that is lost with its node, while its holder is in the middle of a renewal: nobody else may begin one.
    [Fact]
    public async Task A_holder_takes_a_lost_lock_again_and_writes_unless_somebody_has_changed_the_entry()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        using RedisStore store = Open(server.Address);
        await store.SetAsync("a", [1], null, Stop);
        string lockKey = new RedisKeys(RedisAddress.DefaultPrefix).LockOf("a");
        var held = (IFencedLock)await store.LockAsync("a", TimeSpan.FromMilliseconds(600), Stop);
        await server.AskAsync("DEL", lockKey);
        await RedisServer.UntilAsync(async () => (await server.AskAsync("EXISTS", lockKey)).StartsWith(":1", StringComparison.Ordinal));
        await server.AskAsync("DEL", lockKey);
        Assert.True(await held.SetAsync("a", [2], null, Stop));
        await held.DisposeAsync();

        var stale = (IFencedLock)await store.LockAsync("a", TimeSpan.FromSeconds(60), Stop);
        await server.AskAsync("DEL", lockKey);
        await store.SetAsync("a", [9], null, Stop);
        Assert.False(await stale.SetAsync("a", [3], null, Stop));
        Assert.Equal([9], await store.GetAsync("a", Stop));
        await stale.DisposeAsync();
    }

    private static RedisStore Open(string address) => new(RedisAddress.Parse(address, new TestEnvironment()), TimeProvider.System);
}
