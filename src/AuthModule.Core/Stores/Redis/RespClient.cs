using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Stores.Redis;

/// <summary>
/// Sends commands to one Redis over one connection, which it opens when needed and again after it broke. A library can take
/// its place: the store uses nothing but <see cref="SendAsync"/>.
/// </summary>
internal sealed class RespClient(RedisAddress address, TimeProvider clock) : IDisposable
{
    public const string NeedsPassword = "it wants a user name and password";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // Firewalls and servers drop idle connections without a word; what must not be sent twice is not risked on one.
    private static readonly TimeSpan LongestTrustedIdle = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim opening = new(1, 1);
    private RespConnection? connection;

    /// <exception cref="AuthServiceException">StoreUnavailable; Canceled.</exception>
    public async Task<RespValue> SendAsync(RespCommand command, CancellationToken cancellationToken)
    {
        try
        {
            RespValue answer;
            try
            {
                RespConnection used = await ConnectAsync(mustAnswer: !command.IsRepeatable, cancellationToken).ConfigureAwait(false);
                answer = await used.SendAsync(command, Timeout, cancellationToken).ConfigureAwait(false);
            }
            catch (RespException) when (command.IsRepeatable)
            {
                RespConnection used = await ConnectAsync(mustAnswer: false, cancellationToken).ConfigureAwait(false);
                answer = await used.SendAsync(command, Timeout, cancellationToken).ConfigureAwait(false);
            }

            return answer.Kind == RespKind.Error && !IsUnknownCommand(answer) ? throw new RespException(Explain(answer.Text!, command)) : answer;
        }
        catch (RespException failure)
        {
            throw Unavailable(failure);
        }
        catch (OperationCanceledException cause)
        {
            throw AuthError.Canceled($"Waiting for store {address.Name}", cause);
        }
    }

    public static bool IsUnknownCommand(RespValue answer) =>
        answer.Kind == RespKind.Error && answer.Text!.StartsWith("ERR unknown command", StringComparison.OrdinalIgnoreCase);

    public void Dispose() => Interlocked.Exchange(ref connection, null)?.Dispose();

    private async ValueTask<RespConnection> ConnectAsync(bool mustAnswer, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref connection) is { IsBroken: false } open && (!mustAnswer || open.IdleTime < LongestTrustedIdle))
        {
            return open;
        }

        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (connection is { IsBroken: false } known && (!mustAnswer || known.IdleTime < LongestTrustedIdle || await AnswersAsync(known, cancellationToken).ConfigureAwait(false)))
            {
                return known;
            }

            connection?.Dispose();
            connection = null;
            connection = await RedisConnector.OpenAsync(address, clock, Timeout, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        finally
        {
            opening.Release();
        }
    }

    private static async Task<bool> AnswersAsync(RespConnection known, CancellationToken cancellationToken)
    {
        try
        {
            await known.SendAsync(new RespCommand("PING"), Timeout, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RespException)
        {
            return false;
        }
    }

    private static string Explain(string error, RespCommand command)
    {
        int space = error.IndexOf(' ');
        return (space < 0 ? error : error.Substring(0, space)) switch
        {
            "NOAUTH" => NeedsPassword,
            "NOPERM" => $"its user may not use {command.Name} on these keys",
            "MOVED" or "ASK" or "CROSSSLOT" or "CLUSTERDOWN" => "it is a cluster, which this store does not speak to",
            "READONLY" => "it is a replica that takes no writes",
            "LOADING" => "it is still loading its data",
            "OOM" => "it has no memory left",
            "MISCONF" => "it takes no writes because it cannot save its data",
            "WRONGTYPE" => "a key of the store holds something else",
            string code => $"it refused {command.Name} ({code})",
        };
    }

    private AuthException Unavailable(RespException failure) => AuthError.Create(
        AuthErrorId.StoreUnavailable,
        $"Store {address.Name} cannot be used: {failure.Message}.",
        new ErrorDetails
        {
            Cause = failure,
            Action = "Check the address, user and password of the store (redis://USER:PASSWORD@HOST:PORT/DATABASE, rediss:// for TLS, REDIS_PASSWORD), and that it runs.",
        });
}
