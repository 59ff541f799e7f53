using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Tokens that the store did not take, and those in it that they were made from (null: it had none).</summary>
internal sealed record UnsavedTokens(TokenSet Tokens, TokenSet? MadeFrom)
{
    /// <summary>What the store has. What could not be saved the last time goes first, unless somebody else has renewed since.</summary>
    public static async Task<TokenSet?> ReadAsync(AuthSession session, IStoreLock held, ICallLog log, CancellationToken cancellationToken)
    {
        TokenSet? stored = await session.SessionStore.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        if (session.IsStoreBehind)
        {
            log.Warning(
                $"The entry of this session in store {session.SessionStore.Name} is older than one that was there before: somebody put it back, "
                + $"or the store lost what was written later. {(stored is null ? "It is not used." : "It is not used; the newer one is written again.")}");
            if (stored is not null)
            {
                await session.SessionStore.WriteAsync(session.Key, stored, held, cancellationToken).ConfigureAwait(false);
            }
        }

        if (session.Unsaved is not { } unsaved)
        {
            return stored;
        }

        if (stored is null || unsaved.MadeFrom is null || stored.AccessToken.Matches(unsaved.MadeFrom.AccessToken))
        {
            if (!await session.SessionStore.WriteAsync(session.Key, unsaved.Tokens, held, cancellationToken).ConfigureAwait(false))
            {
                return unsaved.Tokens; // Still not saved; what follows finds out that the lock is gone.
            }

            stored = unsaved.Tokens;
        }

        session.Unsaved = null;
        return stored;
    }
}
