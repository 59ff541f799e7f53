using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Text;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>
/// A key that only its holder's token opens. It is renewed as long as the holder lives and runs out by itself when the holder
/// does not: a process that was killed blocks the others for one lease at most. A lock that was lost with its node, or ran out
/// while no node was there, its holder takes again as long as nobody has changed the entry; the others wait that long.
/// </summary>
internal sealed class RedisLock : IFencedLock
{
    // What the entry was, so that its holder can tell later that it is still the same.
    private const string Seen = "redis.sha1hex(redis.call('get', KEYS[2]) or '')";

    // 0 when it is ours now (also when the answer to an earlier try was lost), else the milliseconds that the other's has left:
    // one at least, as PTTL answers 0 in the last of them.
    private const string AcquireScript =
        "local h = redis.call('get', KEYS[1]) " +
        "if (not h) or h == ARGV[1] then redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2]) return {0, " + Seen + "} end " +
        "return {math.max(1, redis.call('pttl', KEYS[1])), ''}";

    private const string RenewScript =
        "local h = redis.call('get', KEYS[1]) if h == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end " +
        "if (not h) and " + Seen + " == ARGV[3] then redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2]) return 1 end return 0";

    private const string ReleaseScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    private const string SetScript =
        "local h = redis.call('get', KEYS[1]) if h ~= ARGV[1] and (h or " + Seen + " ~= ARGV[4]) then return {0, ''} end " +
        "if ARGV[3] == '' then redis.call('set', KEYS[2], ARGV[2]) else redis.call('set', KEYS[2], ARGV[2], 'px', ARGV[3]) end " +
        "return {1, redis.sha1hex(ARGV[2])}";

    private const int ShortestPause = 4;
    private const int LongestPause = 64;

    private readonly RedisScripts scripts;
    private readonly RedisKeys keys;
    private readonly string name;
    private readonly string token;
    private readonly TimeSpan lease;
    private readonly TimeProvider clock;
    private readonly ITimer renewal;
    private string seen;
    private long heldSince;
    private int state;

    private RedisLock(RedisScripts scripts, RedisKeys keys, string name, string token, string seen, TimeSpan lease, TimeProvider clock, long heldSince)
    {
        this.scripts = scripts;
        this.keys = keys;
        this.name = name;
        this.token = token;
        this.seen = seen;
        this.lease = lease;
        this.clock = clock;
        this.heldSince = heldSince;
        var third = TimeSpan.FromTicks(lease.Ticks / 3);
        renewal = clock.CreateTimer(static self => _ = ((RedisLock)self!).RenewAsync(), this, third, third);
    }

    private RedisKey[] Both => [keys.LockOf(name), keys.EntryOf(name)];

    public static async Task<RedisLock> AcquireAsync(
        RedisScripts scripts, RedisKeys keys, string name, TimeSpan lease, TimeProvider clock, string store, CancellationToken cancellationToken)
    {
        string token = RandomText.Base64Url(16);
        int pause = ShortestPause;
        try
        {
            while (true)
            {
                await LetHolderGoFirstAsync(scripts, lease, clock, cancellationToken).ConfigureAwait(false);
                long askedAt = clock.GetTimestamp();
                RedisResult? result = await scripts.RunUnlessFailedOverAsync(
                    AcquireScript, [keys.LockOf(name), keys.EntryOf(name)], [token, (long)lease.TotalMilliseconds], cancellationToken).ConfigureAwait(false);
                if (result is null)
                {
                    continue;
                }

                var answer = (RedisResult[])result!;
                long left = (long)answer[0];
                if (left == 0)
                {
                    return new RedisLock(scripts, keys, name, token, (string)answer[1]!, lease, clock, askedAt);
                }

                // Uneven pauses, so that many who wait do not ask in step.
                int wait = ShortestPause + (RandomNumberGenerator.GetBytes(1)[0] * pause / 255);
                pause = Math.Min(pause * 2, LongestPause);
                await ClockDelay.ForAsync(TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(wait, left))), clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException cause)
        {
            throw AuthError.Canceled($"Waiting for the lock of store {store}", cause);
        }
    }

    public async ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref state) == 0
        && clock.GetElapsedTime(Volatile.Read(ref heldSince)) < lease
        && (string?)await scripts.RunAsync("return redis.call('get', KEYS[1])", Both, [], isKept: false, cancellationToken).ConfigureAwait(false) == token;

    public async ValueTask<bool> SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        RedisValue expiry = lifetime is { } time ? RedisStore.Milliseconds(time) : string.Empty;
        string before = key == name ? Volatile.Read(ref seen) : string.Empty;
        var answer = (RedisResult[])(await scripts.RunAsync(
            SetScript, [keys.LockOf(name), keys.EntryOf(key)], [token, value, expiry, before], isKept: true, cancellationToken).ConfigureAwait(false))!;
        bool isWritten = (int)answer[0] == 1;
        if (isWritten && key == name)
        {
            Volatile.Write(ref seen, (string)answer[1]!);
        }

        return isWritten;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref state, 1) != 0)
        {
            return;
        }

        renewal.Dispose();
        try
        {
            await scripts.RunAsync(ReleaseScript, Both, [token], isKept: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AuthException)
        {
            // It runs out by itself; what was done under it is not undone by this.
        }
    }

    // After a failover a lock may be lost although its holder lives. Holders look every third of a lease, and need as long as a
    // connection may take; who waited longer than both has let them go first.
    private static async ValueTask LetHolderGoFirstAsync(RedisScripts scripts, TimeSpan lease, TimeProvider clock, CancellationToken cancellationToken)
    {
        long first = Math.Max(lease.Ticks / 2, RedisConnector.Timeout.Ticks);
        while (scripts.SinceFailover is { } since && since.Ticks < first)
        {
            await ClockDelay.ForAsync(TimeSpan.FromTicks(first - since.Ticks), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RenewAsync()
    {
        long askedAt = clock.GetTimestamp();
        try
        {
            RedisResult answer = await scripts.RunAsync(
                RenewScript, Both, [token, (long)lease.TotalMilliseconds, Volatile.Read(ref seen)], isKept: false, CancellationToken.None).ConfigureAwait(false);
            if ((int)answer == 1)
            {
                Volatile.Write(ref heldSince, askedAt);
            }
            else
            {
                Interlocked.CompareExchange(ref state, 2, 0);
            }
        }
        catch (AuthException)
        {
            // Tried again at the next beat; IsHeldAsync tells when it was too late.
        }
    }
}
