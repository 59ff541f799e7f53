using System;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>What every store promises, on a cluster of three primaries.</summary>
[Trait("Feature", "E1")]
public sealed class RedisClusterStoreTests : StoreContract
{
    private RedisCluster? cluster;

    private protected override async ValueTask<ITokenStore> OpenAsync()
    {
        cluster = await RedisCluster.StartAsync();

        // One of the nodes is enough: it names the others.
        return new RedisStore(RedisAddress.Parse(cluster.Nodes[1].Address, new TestEnvironment()), TimeProvider.System);
    }

    private protected override ValueTask CloseAsync() => cluster?.DisposeAsync() ?? default;

    private protected override Task PassAsync(TimeSpan time) => RedisServer.UntilAsync(async () =>
    {
        foreach (RedisServer node in cluster!.Nodes)
        {
            if (!(await node.AskAsync("GET", "authmodule:short")).StartsWith("$-1", StringComparison.Ordinal) && (await node.AskAsync("EXISTS", "authmodule:short")).StartsWith(":1", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    });
}

/// <summary>The same on a primary that sentinels name.</summary>
[Trait("Feature", "E1")]
public sealed class RedisSentinelStoreTests : StoreContract
{
    private RedisReplication? pair;

    private protected override async ValueTask<ITokenStore> OpenAsync()
    {
        pair = await RedisReplication.StartWatchedAsync();
        return new RedisStore(RedisAddress.Parse(pair.SentinelAddress, new TestEnvironment()), TimeProvider.System);
    }

    private protected override ValueTask CloseAsync() => pair?.DisposeAsync() ?? default;

    private protected override Task PassAsync(TimeSpan time) =>
        RedisServer.UntilAsync(async () => (await pair!.Primary.AskAsync("EXISTS", "authmodule:short")).StartsWith(":0", StringComparison.Ordinal));
}

/// <summary>The same in RESP3.</summary>
[Trait("Feature", "E1")]
public sealed class RedisResp3StoreTests : StoreContract
{
    private RedisServer? server;

    private protected override async ValueTask<ITokenStore> OpenAsync()
    {
        server = await RedisServer.StartAsync();
        return new RedisStore(RedisAddress.Parse(server.Address + "?protocol=3", new TestEnvironment()), TimeProvider.System);
    }

    private protected override ValueTask CloseAsync() => server?.DisposeAsync() ?? default;

    private protected override Task PassAsync(TimeSpan time) =>
        RedisServer.UntilAsync(async () => (await server!.AskAsync("EXISTS", "authmodule:short")).StartsWith(":0", StringComparison.Ordinal));
}
