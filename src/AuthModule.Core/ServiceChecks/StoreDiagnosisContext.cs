using System;
using System.Collections.Generic;
using System.Net;
using System.Threading.Tasks;
using AuthModule.Stores;
using AuthModule.Stores.Redis;
using AuthModule.Telemetry;

namespace AuthModule.ServiceChecks;

/// <summary>What the steps of one store's diagnosis know so far; each adds what it found.</summary>
internal sealed class StoreDiagnosisContext : IAsyncDisposable
{
    /// <summary>As the caller gave it. May hold a password.</summary>
    public required string Address { get; init; }

    public required StoreCatalog Catalog { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ICallLog Log { get; init; }

    /// <summary>Set by Address: the store without its sealing.</summary>
    public ITokenStore? Plain { get; set; }

    /// <summary>Set by Address; null for a store that is no Redis.</summary>
    public RedisAddress? Redis { get; set; }

    /// <summary>Set by Name: the hosts that resolve, and where they are.</summary>
    public List<(RedisHost Host, IPAddress[] Addresses)> Hosts { get; } = [];

    /// <summary>Set by Access; null where it was not let in, and for other stores.</summary>
    public RedisProbe? Probe { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Probe is not null)
        {
            await Probe.DisposeAsync().ConfigureAwait(false);
        }
    }
}
