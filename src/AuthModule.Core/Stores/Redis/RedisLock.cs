using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Stores.Redis;

/// <summary>
/// A key that only its holder's token opens. It is renewed as long as the holder lives and runs out by itself when the holder
/// does not: a process that was killed blocks the others for one lease at most.
/// </summary>
internal sealed class RedisLock : IFencedLock
{
    // 0 when it is ours now (also when the answer to an earlier try was lost), else the milliseconds that the other's has left:
    // one at least, as PTTL answers 0 in the last of them.
    private const string AcquireScript =
        "local h = redis.call('get', KEYS[1]) " +
        "if (not h) or h == ARGV[1] then redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2]) return 0 end " +
        "return math.max(1, redis.call('pttl', KEYS[1]))";

    private const string RenewScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0";
    private const string ReleaseScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    private const string SetScript =
        "if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end " +
        "if ARGV[3] == '' then redis.call('set', KEYS[2], ARGV[2]) else redis.call('set', KEYS[2], ARGV[2], 'px', ARGV[3]) end return 1";

    private const int ShortestPause = 4;
    private const int LongestPause = 64;

    private readonly Func<RespCommand, CancellationToken, Task<RespValue>> send;
    private readonly string prefix;
    private readonly string key;
    private readonly string token;
    private readonly TimeSpan lease;
    private readonly TimeProvider clock;
    private readonly ITimer renewal;
    private long heldSince;
    private int state;

    private RedisLock(Func<RespCommand, CancellationToken, Task<RespValue>> send, string prefix, string key, string token, TimeSpan lease, TimeProvider clock, long heldSince)
    {
        this.send = send;
        this.prefix = prefix;
        this.key = key;
        this.token = token;
        this.lease = lease;
        this.clock = clock;
        this.heldSince = heldSince;
        var third = TimeSpan.FromTicks(lease.Ticks / 3);
        renewal = clock.CreateTimer(static self => _ = ((RedisLock)self!).RenewAsync(), this, third, third);
    }

    public static async Task<RedisLock> AcquireAsync(
        Func<RespCommand, CancellationToken, Task<RespValue>> send, string prefix, string name, TimeSpan lease, TimeProvider clock, string store, CancellationToken cancellationToken)
    {
        string key = prefix + "lock:" + name;
        string token = RandomText.Base64Url(16);
        int pause = ShortestPause;
        try
        {
            while (true)
            {
                long askedAt = clock.GetTimestamp();
                RespValue answer = await send(
                    new RespCommand("EVAL", AcquireScript, 1, key, token, (long)lease.TotalMilliseconds) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
                if (answer.Integer == 0)
                {
                    return new RedisLock(send, prefix, key, token, lease, clock, askedAt);
                }

                // Uneven pauses, so that many who wait do not ask in step.
                int wait = ShortestPause + (RandomNumberGenerator.GetBytes(1)[0] * pause / 255);
                pause = Math.Min(pause * 2, LongestPause);
                await ClockDelay.ForAsync(TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(wait, answer.Integer))), clock, cancellationToken).ConfigureAwait(false);
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
        && (await send(new RespCommand("GET", key) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false)).Text == token;

    public async ValueTask<bool> SetAsync(string name, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        object expiry = lifetime is { } time ? RedisStore.Milliseconds(time) : string.Empty;
        RespValue answer = await send(
            new RespCommand("EVAL", SetScript, 2, key, prefix + name, token, value, expiry) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Integer == 1;
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
            await send(new RespCommand("EVAL", ReleaseScript, 1, key, token) { IsRepeatable = true }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AuthException)
        {
            // It runs out by itself; what was done under it is not undone by this.
        }
    }

    private async Task RenewAsync()
    {
        long askedAt = clock.GetTimestamp();
        try
        {
            RespValue answer = await send(
                new RespCommand("EVAL", RenewScript, 1, key, token, (long)lease.TotalMilliseconds) { IsRepeatable = true }, CancellationToken.None).ConfigureAwait(false);
            if (answer.Integer == 1)
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
