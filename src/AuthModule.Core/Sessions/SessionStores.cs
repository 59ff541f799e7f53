using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Platform;
using AuthModule.Secrets;
using AuthModule.Stores;

namespace AuthModule.Sessions;

/// <summary>The session stores of this process that others share, by address; one object each, as locks and connections are in it.</summary>
internal sealed class SessionStores(TimeProvider clock, IEnvironment environment, Func<string, bool, CancellationToken, Task<Secret>>? profileTokens = null)
{
    private readonly ConcurrentDictionary<ITokenStore, SharedSessionStore> stores = new();

    /// <summary>A holder that was killed blocks the others for no longer than this where the store cannot see it die.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    public StoreCatalog Catalog { get; } = new(clock, environment, profileTokens);

    /// <summary>Closes the connections of stores and forgets the stores.</summary>
    public void Release()
    {
        stores.Clear();
        Catalog.Release();
    }

    /// <exception cref="AuthException">As <see cref="StoreCatalog.OpenShared"/>.</exception>
    public SharedSessionStore Open(string address)
    {
        OpenStore opened = Catalog.OpenShared(address);
        return stores.GetOrAdd(opened.Store, _ => new SharedSessionStore(opened, clock, Lease));
    }
}
