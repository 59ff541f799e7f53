using System;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace AuthModule.Http;

/// <summary>
/// Makes clients that keep to the rules: no redirect, no cookie, no decompression (so no bomb), TLS 1.2 at least,
/// certificates checked, connections renewed so that changes of DNS are seen.
/// </summary>
internal static class ConnectionFactory
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <param name="transport">How to reach a service.</param>
    /// <param name="isLocal">Whether that is on this machine or its link.</param>
    /// <param name="isFresh">True for a connection of its own for each request.</param>
    public static Connection Create(TransportSettings transport, bool isLocal, bool isFresh = false)
    {
        X509Certificate2Collection? authorities = transport.CaCertificate is { } file ? CertificateFile.ReadAuthorities(file) : null;
        Connection? connection = null;
        bool Check(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            string? finding = ServerCertificateCheck.FindFault(certificate, chain, errors, authorities);
            connection!.CertificateFinding = finding;
            return finding is null || transport.SkipCertificateCheck;
        }

#if NETSTANDARD2_0
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslProtocols = TlsVersions.Allowed,
            MaxConnectionsPerServer = int.MaxValue,
            ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => Check(certificate, chain, errors),
        };
        if (transport.ClientCertificate is { } clientCertificate)
        {
            handler.ClientCertificates.Add(clientCertificate);
        }
#else
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = isFresh ? TimeSpan.Zero : Lease,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            ActivityHeadersPropagator = null,
        };
        handler.SslOptions.EnabledSslProtocols = TlsVersions.Allowed;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Check(certificate, chain, errors);
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, remote, _) =>
        {
            // Called before the handshake too, when nobody has asked for anything yet.
            connection!.WantsCertificate |= remote is not null;
            return transport.ClientCertificate!;
        };
#endif
        (handler.UseProxy, handler.Proxy) = ChooseProxy(transport, isLocal);
#if NETSTANDARD2_0
        HttpMessageHandler way = new LeasedConnections(handler, Lease);
#else
        HttpMessageHandler way = handler;
#endif
        connection = new Connection
        {
            Handler = way,
            Client = new HttpClient(way) { Timeout = Timeout.InfiniteTimeSpan },
        };
#if NETSTANDARD2_0
        // Without a lifetime of connections there is only this: each ends behind its reply.
        connection.Client.DefaultRequestHeaders.ConnectionClose = isFresh ? true : null;
#endif
        return connection;
    }

    private static (bool Use, IWebProxy? Proxy) ChooseProxy(TransportSettings transport, bool isLocal)
    {
        if (ProxyChoice.Given(transport, isLocal) is { } address)
        {
            return (true, new WebProxy(address) { Credentials = transport.ProxyCredential });
        }

        // A proxy from the environment cannot reach this machine's own loopback or link, and must not see what goes there.
        return (!isLocal, null);
    }
}
