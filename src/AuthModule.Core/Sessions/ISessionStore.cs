using System.Threading;
using System.Threading.Tasks;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>Where sessions keep their tokens, so that others who hold the same credential find them.</summary>
internal interface ISessionStore
{
    string Name { get; }

    /// <summary>Whether other processes use it too.</summary>
    bool IsShared { get; }

    /// <summary>Null where there is nothing.</summary>
    ValueTask<TokenSet?> ReadAsync(SessionKey key, CancellationToken cancellationToken);

    ValueTask WriteAsync(SessionKey key, TokenSet tokens, CancellationToken cancellationToken);

    ValueTask RemoveAsync(SessionKey key, CancellationToken cancellationToken);

    /// <summary>The sole right to renew, across everything that shares the store.</summary>
    ValueTask<IStoreLock> LockAsync(SessionKey key, CancellationToken cancellationToken);
}
