using System;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Stores;
using AuthModule.Stores.Encryption;
using AuthModule.Stores.Files;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using Xunit;

namespace AuthModule.Core.Tests.Stores;

public sealed class MemoryStoreTests : StoreContract
{
    private readonly ManualTimeProvider clock = new();

    private protected override ValueTask<ITokenStore> OpenAsync() => new(new MemoryStore(clock));

    private protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class FileStoreTests : StoreContract
{
    private readonly TestFolder folder = new();
    private readonly MovedClock clock = new();

    private protected override ValueTask<ITokenStore> OpenAsync() => new(new FileStore(folder.File("store"), clock));

    private protected override ValueTask CloseAsync()
    {
        folder.Dispose();
        return default;
    }

    private protected override Task PassAsync(TimeSpan time)
    {
        clock.Ahead += time;
        return Task.CompletedTask;
    }

    // The pauses of a lock run on real time; only the wall clock is moved.
    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}

public class RedisStoreTests : StoreContract
{
    private RedisServer? server;

    private protected override async ValueTask<ITokenStore> OpenAsync()
    {
        server = await RedisServer.StartAsync();
        return Wrap(new RedisStore(RedisAddress.Parse(server.Address, new TestEnvironment()), TimeProvider.System));
    }

    private protected override ValueTask CloseAsync() => server?.DisposeAsync() ?? default;

    private protected virtual ITokenStore Wrap(ITokenStore store) => store;

    // The server's own clock: it is asked until the key has run out.
    private protected override async Task PassAsync(TimeSpan time)
    {
        while ((await server!.AskAsync("DBSIZE")).Contains(Expected, StringComparison.Ordinal))
        {
        }
    }

    // Two entries are written by the test, and the sealed store has its seal besides.
    private protected virtual string Expected => ":2\r";
}

public sealed class SealedRedisStoreTests : RedisStoreTests
{
    private protected override ITokenStore Wrap(ITokenStore store) => new EncryptedStore(store, StoreKey.FromBytes(new byte[32], "A test key"));

    private protected override string Expected => ":3\r";
}
