using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;

namespace AuthModule.Jose.Keys;

/// <summary>Where an issuer's public keys come from.</summary>
internal interface IKeySource
{
    /// <summary>The keys as they are known, read first where none are.</summary>
    /// <exception cref="AuthServiceException">They cannot be had, and none are known.</exception>
    ValueTask<KeySet> GetAsync(ICallLog log, CancellationToken cancellationToken);

    /// <summary>
    /// Newer keys than these, because a token names one that is not among them. Answers the same set when there are none,
    /// when the server does not answer, or when it was asked a moment ago.
    /// </summary>
    /// <param name="known">What was looked through.</param>
    /// <param name="keyId">The id that is not among them; null where it is not by id that a key is missing.</param>
    /// <param name="log">The caller's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    ValueTask<KeySet> ReloadAsync(KeySet known, string? keyId, ICallLog log, CancellationToken cancellationToken);
}
