using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Secrets;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>
/// One connection for everything of this process that has the same address and credential. It is opened when needed; a node that
/// was demoted, restarted, is loading, full or not reachable is left, and the call repeated against the one that has taken over.
/// </summary>
internal sealed class RedisClient(RedisAddress address, TimeProvider clock, RedisPasswords? passwords, TimeSpan patience)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(150);

    // A single node that was there a moment ago may be restarting; a failover takes its time.
    private readonly TimeSpan restartPatience = TimeSpan.FromTicks(patience.Ticks / 3);

    private readonly object gate = new();
    private Task<RedisConnection>? opening;
    private RedisHost[] known = [];
    private string primaries = string.Empty;
    private bool wasCluster;
    private long failedOverAt;
    private bool hasFailedOver;
    private volatile bool isClosed;

    /// <summary>How long ago another node took over; null where none has.</summary>
    public TimeSpan? SinceFailover
    {
        get
        {
            lock (gate)
            {
                return hasFailedOver ? clock.GetElapsedTime(failedOverAt) : null;
            }
        }
    }

    /// <summary>The new node answers as of now.</summary>
    public void NoteFailover()
    {
        lock (gate)
        {
            (hasFailedOver, failedOverAt) = (true, clock.GetTimestamp());
        }
    }

    /// <exception cref="AuthServiceException">StoreUnavailable; Canceled.</exception>
    public async Task<T> RunAsync<T>(RedisCall call, Func<RedisConnection, IDatabase, Task<T>> work, CancellationToken cancellationToken)
    {
        long begun = clock.GetTimestamp();
        bool hasRenewedPassword = false;
        for (int attempt = 1; ; attempt++)
        {
            RedisConnection? used = null;
            RedisFailure failure;
            Exception cause;
            try
            {
                used = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                await PrepareAsync(used, call, cancellationToken).ConfigureAwait(false);
                return await work(used, used.Database(call.Database)).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException canceled) when (cancellationToken.IsCancellationRequested)
            {
                throw AuthError.Canceled($"Waiting for store {address.Name}", canceled);
            }
            catch (Exception thrown) when (RedisErrors.Of(thrown, call) is { } known)
            {
                (failure, cause) = (known, thrown);
            }
            finally
            {
                if (isClosed)
                {
                    Close(); // Opened again by a call that was under way.
                }
            }

            bool wantsPassword = passwords is not null && !hasRenewedPassword && failure.Code is "WRONGPASS" or "NOAUTH";
            bool mayRepeat = failure.WasNotDone || call.IsRepeatable;
            if (!wantsPassword && !(failure.IsLeft && mayRepeat && clock.GetElapsedTime(begun) < PatienceFor(failure, isFirst: attempt == 1 && used is not null)))
            {
                throw Unavailable(failure, call, cause);
            }

            if (used is not null)
            {
                Leave(used, isFailover: failure.Code is not ("WRONGPASS" or "NOAUTH"));
            }

            if (wantsPassword)
            {
                hasRenewedPassword = true;
                await passwords!.GetAsync(mustBeNew: true, cancellationToken).ConfigureAwait(false); // The next connection opens with it.
            }

            if (used is null || failure.Code != "CONNECTION" || attempt > 1)
            {
                await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Calls under way end as they would.</summary>
    public void Close()
    {
        isClosed = true;
        Task<RedisConnection>? open;
        lock (gate)
        {
            (open, opening) = (opening, null);
        }

        _ = CloseAsync(open);
    }

    private static async Task CloseAsync(Task<RedisConnection>? open)
    {
        try
        {
            if (open is not null)
            {
                await (await open.ConfigureAwait(false)).CloseAsync().ConfigureAwait(false);
            }
        }
        catch (Exception cause) when (cause is RedisFailureException or AuthException)
        {
            // It never opened.
        }
    }

    // What waiting cannot heal is tried once more, as another node may have taken over; nobody waits for a node that was never there.
    private TimeSpan PatienceFor(RedisFailure failure, bool isFirst)
    {
        bool wasThere;
        bool isMany;
        lock (gate)
        {
            wasThere = primaries.Length > 0;
            isMany = address.Hosts.Count > 1 || address.IsSentinel || wasCluster;
        }

        return !failure.IsTransient ? (isFirst ? patience : TimeSpan.Zero)
            : failure.Code == "LATE" && !wasThere ? restartPatience + restartPatience // Once more: a machine that starts many processes at once is late itself.
            : failure.Code is not ("CONNECTION" or "LATE") ? patience
            : !wasThere ? TimeSpan.Zero
            : isMany ? patience : restartPatience;
    }

    private async Task<RedisConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        Task<RedisConnection> open;
        lock (gate)
        {
            open = opening is { IsFaulted: false, IsCanceled: false } ? opening : opening = OpenAsync();
        }

        return open.IsCompleted ? await open.ConfigureAwait(false) : await open.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Nobody's cancellation: others wait for it too.
    private async Task<RedisConnection> OpenAsync()
    {
        await Task.Yield();
        Secret? password = passwords is null ? address.Password : await passwords.GetAsync(mustBeNew: false, CancellationToken.None).ConfigureAwait(false);
        RedisConnection connection = await RedisConnector.OpenAsync(address, Volatile.Read(ref known), password, clock).ConfigureAwait(false);
        lock (gate)
        {
            if (primaries.Length > 0 && primaries != connection.Primaries)
            {
                (hasFailedOver, failedOverAt) = (true, clock.GetTimestamp());
            }

            Volatile.Write(ref known, connection.Hosts);
            primaries = connection.Primaries.Length > 0 ? connection.Primaries : "?";
            wasCluster = connection.IsCluster;
        }

        return connection;
    }

    private async ValueTask PrepareAsync(RedisConnection used, RedisCall call, CancellationToken cancellationToken)
    {
        if (passwords is not null)
        {
            await used.ChangePasswordAsync(await passwords.GetAsync(mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (call.Database != 0)
        {
            await used.RequireDatabaseAsync(call.Database).ConfigureAwait(false);
        }
    }

    private void Leave(RedisConnection left, bool isFailover)
    {
        lock (gate)
        {
            if (opening is not { Status: TaskStatus.RanToCompletion } open || !ReferenceEquals(open.Result, left))
            {
                return; // Somebody else has left it already.
            }

            opening = null;
            if (isFailover && wasCluster)
            {
                (hasFailedOver, failedOverAt) = (true, clock.GetTimestamp()); // Its other nodes stay the same.
            }
        }

        _ = left.CloseAsync();
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ClockDelay.ForAsync(RetryPause, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cause)
        {
            throw AuthError.Canceled($"Waiting for store {address.Name}", cause);
        }
    }

    private AuthException Unavailable(RedisFailure failure, RedisCall call, Exception cause) => AuthError.Create(
        AuthErrorId.StoreUnavailable,
        $"Store {address.Name} cannot be used: {failure.Words}{(failure.WasNotDone || call.IsRepeatable ? string.Empty : $"; whether it did {call.Command} is not known")}.",
        new ErrorDetails { Cause = new RedisFailureException(failure, cause is RedisFailureException ? cause.InnerException : cause), Action = failure.Advice, IsTransient = failure.IsTransient });
}
