using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>
/// Keeps values in a Redis, each under the prefix and with Redis' own expiry, for everybody who can reach it. Whatever it is, one
/// server, a cluster, or what sentinels name: only primaries are asked, since a replica may be behind.
/// </summary>
internal sealed class RedisStore : ITokenStore, IDamagedEntries, ICountingStore, IListedStore, IIdentifiedStore, IDisposable
{
    // Of GET and DEL in one step where the server is older than GETDEL (6.2).
    private const string TakeScript = "local v = redis.call('get', KEYS[1]); redis.call('del', KEYS[1]); return v";
    private const string AsideScript = "if redis.call('exists', KEYS[1]) == 1 then redis.call('rename', KEYS[1], KEYS[2]) return 1 end return 0";

    private const string CountScript = "local n = redis.call('incr', KEYS[1]) if n == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end return n";

    private readonly RedisAddress address;
    private readonly RedisStoreSettings settings;
    private readonly RedisKeys keys;
    private readonly object gate = new();
    private RedisClient? rented;
    private volatile bool lacksGetDel;

    public RedisStore(RedisAddress address, RedisStoreSettings settings)
    {
        this.address = address;
        this.settings = settings;
        keys = new RedisKeys(address.Prefix);
    }

    public RedisStore(RedisAddress address, TimeProvider clock)
        : this(address, new RedisStoreSettings(clock))
    {
    }

    public string Name => address.Name;

    public RedisAddress Address => address;

    public string Identity => address.Identity;

    /// <summary>Rented at the first use; also after the store was closed, as who holds it can go on with it.</summary>
    private RedisClient Client
    {
        get
        {
            lock (gate)
            {
                return rented ??= RedisPool.Rent(address, settings);
            }
        }
    }

    public static ITokenStore Open(string text, StoreSettings settings) =>
        new RedisStore(RedisAddress.Parse(text, settings.Environment), settings.Redis);

    public Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken) =>
        RunAsync("GET", key, true, async (database, entry) => (byte[]?)await database.StringGetAsync(entry, CommandFlags.DemandMaster).ConfigureAwait(false), cancellationToken);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => new(ReadAsync(key, cancellationToken));

    public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        new(RunAsync("SET", key, true, (database, entry) => SetAsync(database, entry, value, lifetime, When.Always), cancellationToken));

    public async ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        int tries = 0;
        bool wasAdded = await RunAsync(
            "SET",
            key,
            true,
            (database, entry) =>
            {
                tries++;
                return SetAsync(database, entry, value, lifetime, When.NotExists);
            },
            cancellationToken).ConfigureAwait(false);

        // The answer to the first try may have been lost: then it is our own value that is there.
        return wasAdded || (tries > 1 && await ReadAsync(key, cancellationToken).ConfigureAwait(false) is { } there && there.SequenceEqual(value));
    }

    public async ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken)
    {
        if (!lacksGetDel)
        {
            try
            {
                return await RunAsync(
                    "GETDEL", key, false, async (database, entry) => (byte[]?)await database.StringGetDeleteAsync(entry, CommandFlags.DemandMaster).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (AuthException failure) when (failure.InnerException is RedisFailureException { Failure.Code: "UNKNOWN" or "NOPERM" })
            {
                lacksGetDel = true;
            }
        }

        return await RunAsync(
            "EVAL", key, false, async (database, entry) => (byte[]?)await EvaluateAsync(database, TakeScript, [entry], []).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        new(RunAsync("DEL", key, true, (database, entry) => database.KeyDeleteAsync(entry, CommandFlags.DemandMaster), cancellationToken));

    public async ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) =>
        await RedisLock.AcquireAsync(Scripts(), keys, key, lease, settings.Clock, Name, cancellationToken).ConfigureAwait(false);

    public async ValueTask<string?> SetAsideAsync(string key, CancellationToken cancellationToken)
    {
        string kept = keys.AsideOf(key, settings.Clock.GetUtcNow());
        bool wasThere = await RunAsync(
            "EVAL", key, true, async (database, entry) => (int)await EvaluateAsync(database, AsideScript, [entry, kept], []).ConfigureAwait(false) == 1, cancellationToken).ConfigureAwait(false);
        return wasThere ? $"key {kept}" : null;
    }

    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RedisCall("SCAN", address.Prefix, address.Database, IsRepeatable: true);
        IReadOnlyCollection<string> names = await Client.RunAsync(
            call, (connection, _) => RedisListing.NamesAsync(connection, address, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (string name in names)
        {
            if (await ReadAsync(name, cancellationToken).ConfigureAwait(false) is { } value)
            {
                yield return new(name, value);
            }
        }
    }

    // Counting twice where an answer was lost is on the safe side.
    public ValueTask<long> IncrementAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        new(RunAsync(
            "EVAL",
            key,
            true,
            async (database, entry) => (long)await EvaluateAsync(database, CountScript, [entry], [Milliseconds(lifetime)]).ConfigureAwait(false),
            cancellationToken));

    public void Dispose()
    {
        lock (gate)
        {
            if (rented is null)
            {
                return;
            }

            rented = null;
        }

        RedisPool.Return(address, settings);
    }

    /// <summary>At least one: Redis takes no entry that has ended already.</summary>
    public static long Milliseconds(TimeSpan lifetime) => Math.Max(1, (long)Math.Ceiling(lifetime.TotalMilliseconds));

    private static Task<bool> SetAsync(IDatabase database, RedisKey entry, byte[] value, TimeSpan? lifetime, When when) => database.StringSetAsync(
        entry, value, lifetime is { } time ? TimeSpan.FromMilliseconds(Milliseconds(time)) : null, keepTtl: false, when, CommandFlags.DemandMaster);

    private static Task<RedisResult> EvaluateAsync(IDatabase database, string script, RedisKey[] keys, RedisValue[] values) =>
        database.ScriptEvaluateAsync(script, keys, values, CommandFlags.DemandMaster | CommandFlags.NoScriptCache);

    private Task<T> RunAsync<T>(string command, string key, bool isRepeatable, Func<IDatabase, RedisKey, Task<T>> work, CancellationToken cancellationToken)
    {
        string entry = keys.EntryOf(key);
        return Client.RunAsync(new RedisCall(command, entry, address.Database, isRepeatable), (_, database) => work(database, entry), cancellationToken);
    }

    private RedisScripts Scripts() => new(Client, address.Database);
}
