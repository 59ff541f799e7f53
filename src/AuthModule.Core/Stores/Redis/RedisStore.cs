using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Redis;

/// <summary>Keeps values in a Redis, each under the prefix and with Redis' own expiry, for everybody who can reach it.</summary>
internal sealed class RedisStore : ITokenStore, IDamagedEntries, IListedStore, IDisposable
{
    // Of GET and DEL in one step where the server is older than GETDEL (6.2).
    private const string TakeScript = "local v = redis.call('get', KEYS[1]); redis.call('del', KEYS[1]); return v";

    private readonly RedisAddress address;
    private readonly RespClient client;
    private readonly TimeProvider clock;
    private volatile bool lacksGetDel;

    public RedisStore(RedisAddress address, TimeProvider clock)
    {
        this.address = address;
        this.clock = clock;
        client = new RespClient(address, clock);
    }

    public string Name => address.Name;

    public static ITokenStore Open(string text, StoreSettings settings) =>
        new RedisStore(RedisAddress.Parse(text, settings.Environment), settings.Clock);

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await SendAsync(new RespCommand("GET", KeyOf(key)) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false)).Bytes;

    public async ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        await SendAsync(SetCommand(key, value, lifetime), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        !(await SendAsync(SetCommand(key, value, lifetime, "NX"), cancellationToken).ConfigureAwait(false)).IsNull;

    public async ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken)
    {
        if (!lacksGetDel)
        {
            RespValue taken = await client.SendAsync(new RespCommand("GETDEL", KeyOf(key)), cancellationToken).ConfigureAwait(false);
            if (!RespClient.IsUnknownCommand(taken))
            {
                return taken.Bytes;
            }

            lacksGetDel = true;
        }

        return (await SendAsync(new RespCommand("EVAL", TakeScript, 1, KeyOf(key)), cancellationToken).ConfigureAwait(false)).Bytes;
    }

    public async ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        (await SendAsync(new RespCommand("DEL", KeyOf(key)) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false)).Integer > 0;

    public async ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken) =>
        await RedisLock.AcquireAsync(SendAsync, address.Prefix, key, lease, clock, Name, cancellationToken).ConfigureAwait(false);

    public async ValueTask<string?> SetAsideAsync(string key, CancellationToken cancellationToken)
    {
        string kept = key + ".corrupt-" + clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        RespValue answer = await SendAsync(
            new RespCommand("EVAL", "if redis.call('exists', KEYS[1]) == 1 then redis.call('rename', KEYS[1], KEYS[2]) return 1 end return 0", 2, KeyOf(key), KeyOf(kept)),
            cancellationToken).ConfigureAwait(false);
        return answer.Integer == 1 ? $"key {KeyOf(kept)}" : null;
    }

    public IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(CancellationToken cancellationToken) =>
        RedisListing.ReadAsync(SendAsync, address.Prefix, cancellationToken);

    public void Dispose() => client.Dispose();

    /// <summary>At least one: Redis takes no entry that has ended already.</summary>
    public static long Milliseconds(TimeSpan lifetime) => Math.Max(1, (long)Math.Ceiling(lifetime.TotalMilliseconds));

    private string KeyOf(string key) => address.Prefix + key;

    private RespCommand SetCommand(string key, byte[] value, TimeSpan? lifetime, params object[] options)
    {
        object[] expiry = lifetime is { } time ? ["PX", Milliseconds(time)] : [];
        return new RespCommand([(object)"SET", KeyOf(key), value, .. expiry, .. options]) { IsRepeatable = options.Length == 0 };
    }

    private async Task<RespValue> SendAsync(RespCommand command, CancellationToken cancellationToken)
    {
        RespValue answer = await client.SendAsync(command, cancellationToken).ConfigureAwait(false);
        return RespClient.IsUnknownCommand(answer)
            ? throw AuthError.Create(AuthErrorId.StoreUnavailable, $"Store {Name} cannot be used: it does not know {command.Name}.", "Use a Redis of version 2.6.12 or later.")
            : answer;
    }
}
