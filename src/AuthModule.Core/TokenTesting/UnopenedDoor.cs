using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Telemetry;

namespace AuthModule.TokenTesting;

/// <summary>A door to the network that nothing goes through: it keeps what was to be sent, and answers with nothing.</summary>
internal sealed class UnopenedDoor : IHttpSender
{
    /// <summary>The last request; null where none was put together.</summary>
    public WireRequest? Sent { get; private set; }

    public Task<WireReply> SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        bool isDiscovery = request.FollowsRedirects;
        if (!isDiscovery)
        {
            Sent = request;
        }

        return Task.FromResult(new WireReply
        {
            Request = request,
            Status = 200,
            Body = isDiscovery ? Metadata(request.Url) : [],
            MediaType = "application/json",
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            SentAt = 0,
        });
    }

    public Task<HttpResponseMessage> OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
        throw AuthError.Create(AuthErrorId.NetworkFailure, "Nothing is sent where a description is proven without its service.", new ErrorDetails { WasNotSent = true });

    // As a service would publish itself under the address that stands for it.
    private static byte[] Metadata(Uri url)
    {
        string authority = url.AbsoluteUri.Substring(0, url.AbsoluteUri.IndexOf("/.well-known/", StringComparison.Ordinal));
        return Encoding.UTF8.GetBytes(
            $$"""{"issuer":"{{authority}}","token_endpoint":"{{authority}}/token","authorization_endpoint":"{{authority}}/authorize","revocation_endpoint":"{{authority}}/revoke","introspection_endpoint":"{{authority}}/introspect","device_authorization_endpoint":"{{authority}}/device","backchannel_authentication_endpoint":"{{authority}}/ciba","pushed_authorization_request_endpoint":"{{authority}}/par","end_session_endpoint":"{{authority}}/logout","jwks_uri":"{{authority}}/keys"}""");
    }
}
