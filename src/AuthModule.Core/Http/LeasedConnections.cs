#if NETSTANDARD2_0
using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Http;

/// <summary>
/// Gives .NET Framework the habits of newer handlers: as many connections to a host as there are requests (its default is two),
/// new ones after some minutes, so that changes of DNS are seen, and no wait for <c>100 Continue</c>. It keeps them by host, not
/// by handler.
/// </summary>
internal sealed class LeasedConnections(HttpClientHandler handler, TimeSpan lease) : DelegatingHandler(handler)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ServicePoint host = ServicePointManager.FindServicePoint(
            request.RequestUri!,
            handler.UseProxy ? handler.Proxy ?? WebRequest.DefaultWebProxy : null);
        host.ConnectionLimit = int.MaxValue;
        host.ConnectionLeaseTimeout = (int)lease.TotalMilliseconds;
        host.Expect100Continue = false;
        host.UseNagleAlgorithm = false;
        return base.SendAsync(request, cancellationToken);
    }
}
#endif
