using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// A session's way to a store that may never answer: each step has the time that the session's calls give a service. What comes
/// later has nobody to take it, and a lock that does is given back.
/// </summary>
internal sealed class TimedSessionStore(ISessionStore store, AuthSession session, TimeProvider clock) : ISessionStore
{
    public string Name => store.Name;

    public string Identity => store.Identity;

    public bool IsShared => store.IsShared;

    public ISessionStore For(AuthSession session) => store.For(session);

    public ValueTask<TokenSet?> ReadAsync(AuthSession session, CancellationToken cancellationToken) =>
        WithinAsync("was not read", stop => store.ReadAsync(session, stop), cancellationToken);

    public ValueTask<bool> WriteAsync(SessionKey key, TokenSet tokens, IStoreLock held, CancellationToken cancellationToken) =>
        WithinAsync("was not written", stop => store.WriteAsync(key, tokens, held, stop), cancellationToken);

    public void Hold(AuthSession session) => store.Hold(session);

    public async ValueTask RemoveAsync(SessionKey key, CancellationToken cancellationToken) =>
        await WithinAsync("was not cleared", stop => DoneAsync(store.RemoveAsync(key, stop)), cancellationToken).ConfigureAwait(false);

    public async ValueTask ForgetAsync(AuthSession session, CancellationToken cancellationToken) =>
        await WithinAsync("was not cleared", stop => DoneAsync(store.ForgetAsync(session, stop)), cancellationToken).ConfigureAwait(false);

    public ValueTask<IStoreLock> LockAsync(SessionKey key, CancellationToken cancellationToken) =>
        WithinAsync("did not give its lock", stop => store.LockAsync(key, stop), cancellationToken);

    private static async ValueTask<bool> DoneAsync(ValueTask step)
    {
        await step.ConfigureAwait(false);
        return true;
    }

    private async ValueTask<T> WithinAsync<T>(string what, Func<CancellationToken, ValueTask<T>> run, CancellationToken cancellationToken)
    {
        TimeSpan limit = session.Service.Transport.Timeout;
        using CancellationTokenSource deadline = Deadline.After(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        ValueTask<T> begun = run(either.Token);
        if (begun.IsCompletedSuccessfully)
        {
            return begun.Result;
        }

        Task<T> step = begun.AsTask();
        try
        {
            return await step.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception cause) when (IsEnd(cause) && deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw AuthError.Create(
                AuthErrorId.StoreUnavailable,
                FormattableString.Invariant($"Store {Name} {what} within {limit.TotalSeconds:0.###} seconds."),
                new ErrorDetails
                {
                    Service = session.Authority,
                    Action = "Check that the store can be reached, and look for a process that hangs while it renews a token of it. -TimeoutSec gives it more time.",
                    Cause = cause,
                });
        }
        finally
        {
            if (!step.IsCompleted)
            {
                _ = GiveBackAsync(step);
            }
        }
    }

    private static bool IsEnd(Exception cause) => cause is OperationCanceledException or AuthException { Code: AuthErrorId.Canceled };

    private static async Task GiveBackAsync<T>(Task<T> late)
    {
        try
        {
            if (await late.ConfigureAwait(false) is IStoreLock held)
            {
                await held.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is AuthException or OperationCanceledException)
        {
            // Its caller was told already.
        }
    }
}
