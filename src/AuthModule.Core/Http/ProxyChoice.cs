using System;
using System.Net;

namespace AuthModule.Http;

/// <summary>Tells which proxy a request will take, as <see cref="ConnectionFactory"/> sets connections up.</summary>
internal static class ProxyChoice
{
    /// <summary>
    /// The proxy that the caller named, where it applies. Addresses of this machine are allowed cleartext because nothing of it leaves
    /// the machine, and at a proxy elsewhere they mean another machine: only a proxy of this machine is on the way to them.
    /// </summary>
    public static Uri? Given(TransportSettings transport, bool isLocal) => transport.Proxy is { } proxy && (!isLocal || proxy.IsLoopback) ? proxy : null;

    /// <summary>Null where the service is spoken to directly.</summary>
    public static Uri? For(TransportSettings transport, Uri url)
    {
        bool isLocal = AddressPolicy.IsLocal(url);
        if (Given(transport, isLocal) is { } given)
        {
            return given;
        }

        if (isLocal)
        {
            return null;
        }

#if NETSTANDARD2_0
        IWebProxy? system = WebRequest.DefaultWebProxy;
#else
        IWebProxy? system = System.Net.Http.HttpClient.DefaultProxy;
#endif
        Uri? chosen = system is null || system.IsBypassed(url) ? null : system.GetProxy(url);
        return chosen is null || chosen.Authority == url.Authority ? null : chosen;
    }
}
