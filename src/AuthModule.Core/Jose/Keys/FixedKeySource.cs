using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;

namespace AuthModule.Jose.Keys;

/// <summary>Keys that are at hand and do not change: those of an issuer in this process.</summary>
internal sealed class FixedKeySource(KeySet keys) : IKeySource
{
    public ValueTask<KeySet> GetAsync(ICallLog log, CancellationToken cancellationToken) => new(keys);

    public ValueTask<KeySet> ReloadAsync(KeySet known, string? keyId, ICallLog log, CancellationToken cancellationToken) => new(keys);
}
