using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Stores;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Stores;

/// <summary>Which addresses mean the same store, which share a connection, and what names keep.</summary>
[Trait("Feature", "E1")]
public sealed class RedisIdentityTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Others =>
    [
        "redis://h/0?prefix=b:", "redis://u@h/0", "redis://:p@h/0", "redis://h/1", "rediss://h/0", "redis://h:1/0", "redis://h,i/0", "rediss://h/0?ca=a.pem",
        "rediss://h/0?ca=b.pem", "rediss://h/0?cert=c.pem", "rediss://h/0?cert=c.pem&key=k.pem", "rediss://h/0?servername=s", "redis://h/0?passwordProfile=p",
        "redis-sentinel://h/tokens/0", "redis-sentinel://h/others/0", "redis://h/0?protocol=3",
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Addresses_that_differ_are_different_stores_and_sessions(string other)
    {
        string[] all = [.. Others.Select(row => row.Data), "redis://h/0"];
        string[] identities = [.. all.Select(text => RedisAddress.Parse(text, new TestEnvironment()).Identity)];
        Assert.Equal(all.Length, identities.Distinct().Count());
        var engine = new EngineHost();
        engine.Variables[StoreCatalog.KeyVariable] = Convert.ToBase64String(new byte[32]);
        TokenRequest request = new() { Provider = "oauth2", TokenEndpoint = "https://id.example/token", ClientId = "c", Grant = "client_credentials" };
        AuthSession one = engine.Engine.Open(new AuthModule.Sessions.SessionTable(), request with { Store = "redis://h/0" });
        AuthSession two = engine.Engine.Open(new AuthModule.Sessions.SessionTable(), request with { Store = other });
        Assert.NotEqual(one.Key, two.Key);
        Assert.Equal(one.Key.Name, two.Key.Name);
    }

    [Fact]
    public void The_same_store_written_in_two_ways_is_one_session()
    {
        static string Of(string text, params (string, string)[] variables)
        {
            var environment = new TestEnvironment();
            foreach ((string name, string value) in variables)
            {
                environment.Add(name, value);
            }

            return RedisAddress.Parse(text, environment).Identity;
        }

        Assert.Equal(Of("redis://h:6379/0?prefix=authmodule:"), Of("redis:", ("REDIS_HOST", "h")));
        Assert.Equal(Of("redis://:p%40@h"), Of("redis://h/", ("REDIS_PASSWORD", "p@")));
        Assert.NotEqual(Of("redis://h", ("REDIS_PASSWORD", "a")), Of("redis://h", ("REDIS_PASSWORD", "b")));
    }

    [Fact]
    public async Task One_connection_serves_all_prefixes_and_databases_and_goes_with_the_last_store()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        string[] addresses = [server.Address, server.Address + "?prefix=b:", server.Address.Replace("/0", "/3", StringComparison.Ordinal)];
        RedisStore[] stores = [.. addresses.Select(text => new RedisStore(RedisAddress.Parse(text, new TestEnvironment()), TimeProvider.System))];
        for (int i = 0; i < stores.Length; i++)
        {
            await stores[i].SetAsync("a", [(byte)i], null, Stop);
        }

        for (int i = 0; i < stores.Length; i++)
        {
            Assert.Equal([(byte)i], (await stores[i].GetAsync("a", Stop))!);
        }

        Assert.Contains("connected_clients:2\r", await server.AskAsync("INFO", "clients"), StringComparison.Ordinal);
        Array.ForEach(stores, store => store.Dispose());
        await RedisServer.UntilAsync(async () => (await server.AskAsync("INFO", "clients")).Contains("connected_clients:1\r", StringComparison.Ordinal));

        // Who still holds a store can go on with it.
        Assert.Equal([1], await stores[1].GetAsync("a", Stop));
        stores[1].Dispose();
    }

    [Fact]
    public async Task What_an_earlier_version_has_stored_is_found()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await server.AskAsync("SET", "authmodule:a", "old");
        using RedisStore store = new(RedisAddress.Parse(server.Address, new TestEnvironment()), TimeProvider.System);
        Assert.Equal("old", Encoding.ASCII.GetString((await store.GetAsync("a", Stop))!));
    }

    [Theory]
    [InlineData("authmodule:", "abc")]
    [InlineData("{team}:", "abc")]
    [InlineData("a{b}c{d}", "x")]
    public void An_entry_its_lock_and_what_is_set_aside_are_in_one_slot_and_begin_with_the_prefix(string prefix, string name)
    {
        var keys = new RedisKeys(prefix);
        string[] all = [keys.EntryOf(name), keys.LockOf(name), keys.AsideOf(name, DateTimeOffset.UnixEpoch)];
        Assert.All(all, key => Assert.StartsWith(prefix, key, StringComparison.Ordinal));
        Assert.Single(all.Select(SlotPart).Distinct());
        Assert.Equal(3, all.Distinct().Count());

        // As the cluster specification has it: the part in the first braces, else everything.
        static string SlotPart(string key)
        {
            int open = key.IndexOf('{', StringComparison.Ordinal);
            int close = open < 0 ? -1 : key.IndexOf('}', open);
            return close > open + 1 ? key[(open + 1)..close] : key;
        }
    }

    [Fact]
    public async Task A_user_who_may_use_the_prefix_only_can_do_everything()
    {
        await using RedisServer server = await RedisServer.StartAsync(
            "--user", "team", "on", ">p@ss:/wörd", "~team:*", "+@read", "+@write", "+@scripting", "+@connection", "-@dangerous", "--requirepass", "admin");
        using RedisStore store = new(RedisAddress.Parse($"redis://team:p@ss:/wörd@127.0.0.1:{server.Port}/2?prefix=team:", new TestEnvironment()), TimeProvider.System);
        await store.SetAsync("a", [1], TimeSpan.FromMinutes(1), Stop);
        await using (IStoreLock held = await store.LockAsync("a", TimeSpan.FromSeconds(5), Stop))
        {
            Assert.True(await ((IFencedLock)held).SetAsync("a", [2], TimeSpan.FromMinutes(1), Stop));
        }

        Assert.Equal([2], await store.TakeAsync("a", Stop));
        Assert.True(await store.AddAsync("a", [3], null, Stop));
        Assert.Contains("team:", await store.SetAsideAsync("a", Stop), StringComparison.Ordinal);
        Assert.Equal(1, await store.IncrementAsync("n", TimeSpan.FromMinutes(1), Stop));
        Assert.False(await store.RemoveAsync("a", Stop));
    }
}
