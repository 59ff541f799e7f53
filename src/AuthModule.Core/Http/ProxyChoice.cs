using System;
using System.Net;

namespace AuthModule.Http;

/// <summary>Tells which proxy a request will take, as <see cref="ConnectionFactory"/> sets connections up.</summary>
internal static class ProxyChoice
{
    /// <summary>Null where the service is spoken to directly.</summary>
    public static Uri? For(TransportSettings transport, Uri url)
    {
        if (transport.Proxy is { } given)
        {
            return given;
        }

        if (AddressPolicy.IsLocal(url))
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
