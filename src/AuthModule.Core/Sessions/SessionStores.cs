using System;
using System.Collections.Concurrent;
using AuthModule.Requests;
using AuthModule.Stores;

namespace AuthModule.Sessions;

/// <summary>The session stores of this process that others share, by address; one object each, as locks and connections are in it.</summary>
internal sealed class SessionStores(TimeProvider clock, IEnvironment environment)
{
    private readonly ConcurrentDictionary<ITokenStore, SharedSessionStore> stores = new();

    public StoreCatalog Catalog { get; } = new(clock, environment);

    /// <exception cref="AuthException">As <see cref="StoreCatalog.OpenShared"/>.</exception>
    public SharedSessionStore Open(string address)
    {
        OpenStore opened = Catalog.OpenShared(address);
        return stores.GetOrAdd(opened.Store, _ => new SharedSessionStore(opened, clock));
    }
}
