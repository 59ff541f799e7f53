using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;

namespace AuthModule.Http;

/// <summary>The one door to the network. Whatever the status of a reply, it is returned; what prevents a reply is an error.</summary>
internal interface IHttpSender
{
    /// <exception cref="AuthServiceException">NetworkFailure, Timeout, TlsFailure, RedirectRefused, MalformedResponse, Canceled.</exception>
    /// <exception cref="ConfigurationException">InsecureUrl, InvalidCertificate.</exception>
    Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken);

    /// <summary>
    /// The reply as soon as its headers are there, redirects included; the caller reads the body and disposes of it. Sent once:
    /// repeating is the caller's business, who knows whether the body can be had again.
    /// </summary>
    /// <exception cref="AuthServiceException">NetworkFailure, Timeout, TlsFailure, MalformedResponse, Canceled.</exception>
    /// <exception cref="ConfigurationException">InsecureUrl, InvalidCertificate.</exception>
    Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken);
}
