using System.Threading;
using System.Threading.Tasks;
using AuthModule.Diagnostics;

namespace AuthModule.Http;

/// <summary>The one door to the network. Whatever the status of a reply, it is returned; what prevents a reply is an error.</summary>
internal interface IHttpDoor
{
    /// <exception cref="AuthServiceException">NetworkFailure, Timeout, TlsFailure, RedirectRefused, MalformedResponse, Canceled.</exception>
    /// <exception cref="ConfigurationException">InsecureUrl, InvalidCertificate.</exception>
    Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken);
}
