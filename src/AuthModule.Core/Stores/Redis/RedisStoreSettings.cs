using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Stores.Redis;

/// <summary>What Redis stores are made with.</summary>
/// <param name="Clock">Measures the waiting.</param>
internal sealed record RedisStoreSettings(TimeProvider Clock)
{
    /// <summary>How long a call waits for another node to take over; a third of it for a single node to come back.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A profile's access token, a new one where that is asked for; null where there are no profiles.</summary>
    public Func<string, bool, CancellationToken, Task<Secret>>? Tokens { get; init; }
}
