using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Http;

/// <summary>
/// Makes a TLS handshake to look at it, and closes the connection: nothing is sent. The door itself only says that a connection is not safe; a diagnosis has to say why.
/// </summary>
internal static class TlsProbe
{
    public static async Task<TlsFindings> LookAsync(IPAddress address, Uri url, TransportSettings transport, TimeProvider clock, CancellationToken cancellationToken)
    {
        X509Certificate2Collection? authorities = transport.CaCertificate is { } file ? CertificateFile.ReadAuthorities(file) : null;
        using CancellationTokenSource deadline = Deadline.After(transport.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var seen = new TlsFindings();
        FirstBytesStream? wire = null;
        try
        {
            using Socket socket = await TcpProbe.OpenAsync(address, url.Port, either.Token).ConfigureAwait(false);

            // Cancelling a handshake is not known everywhere; closing its socket is.
            using CancellationTokenRegistration closing = either.Token.Register(static opened => ((Socket)opened!).Dispose(), socket);
            wire = new FirstBytesStream(new NetworkStream(socket, ownsSocket: false));
            using var tls = new SslStream(wire, leaveInnerStreamOpen: false, (_, certificate, chain, errors) =>
            {
                seen = CertificateInspection.Of(certificate, chain, errors, authorities);
                return seen.CertificateFault is null || transport.SkipCertificateCheck;
            });
            X509CertificateCollection? own = transport.ClientCertificate is { } client ? [client] : null;
            await tls.AuthenticateAsClientAsync(url.DnsSafeHost, own, TlsVersions.Allowed, checkCertificateRevocation: false).ConfigureAwait(false);
            return seen with { Protocol = NameOf(tls.SslProtocol) };
        }
        catch (Exception cause) when (cause is System.Security.Authentication.AuthenticationException or IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (seen.CertificateFault is not null)
            {
                return seen;
            }

            return new TlsFindings { HandshakeFault = deadline.IsCancellationRequested ? NoAnswer(url, transport) : HandshakeAnswer.Explain(wire?.First ?? [], url.Port) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TlsFindings { HandshakeFault = NoAnswer(url, transport) };
        }
    }

    private static (string Detail, string Action) NoAnswer(Uri url, TransportSettings transport) => (
        $"port {url.Port} takes connections and did not answer the handshake within {transport.Timeout.TotalSeconds:0.#} seconds",
        "Check that the port is the service's https port, and what stands between here and there.");

    private static string NameOf(SslProtocols protocol) => (int)protocol switch
    {
        (int)SslProtocols.Tls12 => "TLS 1.2",
        12288 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
