using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>What every store promises, on Garnet, which is not Redis and speaks its protocol.</summary>
[Trait("Feature", "E3")]
public sealed class GarnetStoreTests : StoreContract
{
    private RedisServer? server;

    private static string? Program => typeof(GarnetStoreTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "GarnetServer")?.Value is { } path && File.Exists(path) ? path : null;

    [Fact]
    public async Task Locks_and_fenced_writes_work()
    {
        await using RedisServer garnet = await StartAsync("--lua");
        using RedisStore store = Open(garnet);
        var held = (IFencedLock)await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop);
        Assert.True(await held.SetAsync("a", [1], TimeSpan.FromMinutes(1), Stop));
        Assert.Equal([1], await store.GetAsync("a", Stop));
        await garnet.AskAsync("SET", new RedisKeys(RedisAddress.DefaultPrefix).LockOf("a"), "another");
        Assert.False(await held.SetAsync("a", [2], null, Stop));
        Assert.Equal(1, await store.IncrementAsync("n", TimeSpan.FromMinutes(1), Stop));
        Assert.Equal(2, await store.IncrementAsync("n", TimeSpan.FromMinutes(1), Stop));
        await held.DisposeAsync();
    }

    [Fact]
    [Trait("Feature", "E4")]
    public async Task Without_lua_it_says_what_is_missing()
    {
        await using RedisServer garnet = await StartAsync();
        using RedisStore store = Open(garnet);
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(async () => await store.LockAsync("a", TimeSpan.FromSeconds(30), Stop));
        Assert.Contains("it does not run scripts (EVAL)", error.Message, StringComparison.Ordinal);
        Assert.Contains("--lua", error.RecommendedAction, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    private protected override async ValueTask<ITokenStore> OpenAsync()
    {
        server = await StartAsync("--lua");
        return Open(server);
    }

    private protected override ValueTask CloseAsync() => server?.DisposeAsync() ?? default;

    private protected override Task PassAsync(TimeSpan time) =>
        RedisServer.UntilAsync(async () => (await server!.AskAsync("EXISTS", "authmodule:short")).StartsWith(":0", StringComparison.Ordinal));

    private static Task<RedisServer> StartAsync(params string[] options)
    {
        Assert.SkipWhen(Program is null, "There is no Garnet on this machine (NuGet package garnet-server, which a restore downloads).");
        return RedisServer.LaunchAsync(Program!, ["--memory", "64m", "--index", "8m", .. options]);
    }

    private static RedisStore Open(RedisServer garnet) => new(RedisAddress.Parse(garnet.Address, new TestEnvironment()), TimeProvider.System);
}
