using System.Threading;
using System.Threading.Tasks;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Where sessions keep their tokens, so that others who hold the same credential find them.</summary>
internal interface ISessionStore
{
    string Name { get; }

    /// <summary>Tells stores apart that have the same name; without a meaning outside of this process.</summary>
    string Identity { get; }

    /// <summary>Whether other processes use it too.</summary>
    bool IsShared { get; }

    /// <summary>This store as one session uses it: where it may never answer, with the time that the session's calls have.</summary>
    ISessionStore For(AuthSession session);

    /// <summary>Null where there is nothing for this session.</summary>
    ValueTask<TokenSet?> ReadAsync(AuthSession session, CancellationToken cancellationToken);

    /// <summary>False where <paramref name="held"/> has run out: somebody else may have renewed since, and nothing was written.</summary>
    ValueTask<bool> WriteAsync(SessionKey key, TokenSet tokens, IStoreLock held, CancellationToken cancellationToken);

    /// <summary>Called when a session has taken tokens over from here.</summary>
    void Hold(AuthSession session);

    /// <summary>For everybody: the tokens are not good any more.</summary>
    ValueTask RemoveAsync(SessionKey key, CancellationToken cancellationToken);

    /// <summary>One session is forgotten; whoever else works with the tokens keeps them where the store can tell.</summary>
    ValueTask ForgetAsync(AuthSession session, CancellationToken cancellationToken);

    /// <summary>The sole right to renew, across everything that shares the store.</summary>
    ValueTask<IStoreLock> LockAsync(SessionKey key, CancellationToken cancellationToken);
}
