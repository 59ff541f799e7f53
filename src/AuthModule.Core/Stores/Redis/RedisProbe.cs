using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Secrets;
using AuthModule.Text;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>A connection of a diagnosis' own to a Redis, and what can be asked of it that a store does not ask.</summary>
internal sealed class RedisProbe : IAsyncDisposable
{
    private const CommandFlags OnPrimary = CommandFlags.DemandMaster;
    private const CommandFlags Script = OnPrimary | CommandFlags.NoScriptCache;

    private readonly RedisAddress address;
    private readonly RedisConnection connection;
    private readonly RedisKeys keys;
    private readonly string name = "doctor-" + RandomText.Base64Url(9);

    private RedisProbe(RedisAddress address, RedisConnection connection)
    {
        this.address = address;
        this.connection = connection;
        keys = new RedisKeys(address.Prefix);
    }

    public IReadOnlyList<IServer> Servers => connection.Servers;

    public bool IsCluster => connection.IsCluster;

    private IDatabase Database => connection.Database(address.Database);

    /// <exception cref="AuthServiceException">StoreUnavailable.</exception>
    public static async Task<RedisProbe> OpenAsync(RedisAddress address, RedisStoreSettings settings, CancellationToken cancellationToken)
    {
        Secret? password = address.PasswordProfile is { } profile
            ? await new RedisPasswords(profile, address.Name, settings.Tokens).GetAsync(mustBeNew: false, cancellationToken).ConfigureAwait(false)
            : address.Password;
        try
        {
            RedisConnection connection = await RedisConnector.OpenAsync(address, [], password, settings.Clock).WaitAsync(cancellationToken).ConfigureAwait(false);
            await connection.RequireDatabaseAsync(address.Database).ConfigureAwait(false);
            return new RedisProbe(address, connection);
        }
        catch (RedisFailureException refused)
        {
            throw Error(address, refused.Failure, refused);
        }
    }

    /// <summary>The clock of a server that takes writes less this machine's.</summary>
    public async Task<TimeSpan> SkewAsync(TimeProvider clock)
    {
        long asked = clock.GetTimestamp();
        IServer server = Servers.FirstOrDefault(one => !one.IsReplica) ?? Servers[0];
        DateTime time = await RunAsync("TIME", () => server.TimeAsync()).ConfigureAwait(false);
        return new DateTimeOffset(time, TimeSpan.Zero) + TimeSpan.FromTicks(clock.GetElapsedTime(asked).Ticks / 2) - clock.GetUtcNow();
    }

    /// <summary>What a store does with its keys, done with one that nobody else has; a failure names the first that is refused.</summary>
    public async Task TryRightsAsync()
    {
        RedisKey entry = keys.EntryOf(name);
        await RunAsync("SET", () => Database.StringSetAsync(entry, "1", TimeSpan.FromSeconds(30), keepTtl: false, When.NotExists, OnPrimary)).ConfigureAwait(false);
        await RunAsync("GET", () => Database.StringGetAsync(entry, OnPrimary)).ConfigureAwait(false);
        await RunAsync("DEL", () => Database.KeyDeleteAsync(entry, OnPrimary)).ConfigureAwait(false);
    }

    /// <summary>What locks and fenced writes are made of.</summary>
    public async Task TryScriptsAsync()
    {
        RedisKey[] both = [keys.LockOf(name), keys.EntryOf(name)];
        await RunAsync("EVAL", () => Database.ScriptEvaluateAsync(
            "redis.call('set', KEYS[1], ARGV[1], 'px', 1000) redis.call('pexpire', KEYS[1], 500) redis.call('pttl', KEYS[1]) redis.call('get', KEYS[2]) "
            + "redis.call('del', KEYS[1]) return redis.sha1hex('')",
            both,
            [1],
            Script)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await connection.CloseAsync().ConfigureAwait(false);

    private static AuthException Error(RedisAddress address, RedisFailure failure, Exception cause) => AuthError.Create(
        AuthErrorId.StoreUnavailable,
        string.Format(CultureInfo.InvariantCulture, "Store {0} cannot be used: {1}.", address.Name, failure.Words),
        new ErrorDetails { Action = failure.Advice, Cause = cause, IsTransient = failure.IsTransient });

    private async Task<T> RunAsync<T>(string command, Func<Task<T>> work)
    {
        var call = new RedisCall(command, keys.EntryOf(name), address.Database, IsRepeatable: false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception cause) when (RedisErrors.Of(cause, call) is { } failure)
        {
            throw Error(address, failure, cause);
        }
    }
}
