using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace AuthModule.Stores.Redis;

/// <summary>
/// Opens the connections of the library: TCP, and TLS where it is asked for. Done here, because the library says of a connection
/// that fails no more than that it failed.
/// </summary>
internal sealed class RedisTunnel(RedisAddress address, RedisReport report, TimeProvider clock, TimeSpan timeout) : Tunnel
{
    private readonly X509Certificate2Collection? authorities = address.CaCertificate is { } file ? CertificateFile.ReadAuthorities(file) : null;
    private readonly X509Certificate2? own = RedisCertificate.Read(address);

    // Null: the library opens no socket of its own.
    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) => default;

    public override async ValueTask<Stream?> BeforeAuthenticateAsync(EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        RedisHost host = RedisHost.Of(endpoint);
        using CancellationTokenSource deadline = Deadline.After(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var client = new TcpClient { NoDelay = true };
        string? finding = null;
        try
        {
#if NETSTANDARD2_0
            await client.ConnectAsync(host.Host, host.Port).WaitAsync(either.Token).ConfigureAwait(false);
#else
            await client.ConnectAsync(host.Host, host.Port, either.Token).ConfigureAwait(false);
#endif
            Stream stream = client.GetStream();
            if (address.UsesTls)
            {
                stream = await SecureAsync(stream, host, fault => finding = fault, either.Token).ConfigureAwait(false);
            }

            return new RedisStream(stream, client, report);
        }
        catch (Exception cause)
        {
            client.Dispose();
            report.Add(cause switch
            {
                System.Security.Authentication.AuthenticationException => RedisFailure.Tls(finding),
                OperationCanceledException => RedisFailure.Late(timeout),
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => RedisFailure.Unreachable("the connection was refused"),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => RedisFailure.Unreachable("its name does not resolve"),
                IOException when address.UsesTls => RedisFailure.Tls(null),
                _ => RedisFailure.Unreachable("it cannot be reached"),
            });
            throw;
        }
    }

    // A cluster may name its nodes by their addresses; their certificates are for the name that the user knows.
    private string NameOf(RedisHost host) =>
        address.ServerName
        ?? (IPAddress.TryParse(host.Host, out _) && !IPAddress.TryParse(address.Hosts[0].Host, out _) && !address.IsSentinel ? address.Hosts[0].Host : host.Host);

    private async Task<Stream> SecureAsync(Stream plain, RedisHost host, Action<string?> found, CancellationToken cancellationToken)
    {
        X509CertificateCollection shown = own is null ? [] : [own];
        var tls = new SslStream(
            plain,
            leaveInnerStreamOpen: false,
            (_, certificate, chain, errors) =>
            {
                string? fault = ServerCertificateCheck.FindFault(certificate, chain, errors, authorities);
                found(fault);
                return fault is null;
            },
            own is null ? null : (_, _, _, _, _) => own);
#if NETSTANDARD2_0
        await tls.AuthenticateAsClientAsync(NameOf(host), shown, TlsVersions.Allowed, checkCertificateRevocation: false).WaitAsync(cancellationToken).ConfigureAwait(false);
#else
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = NameOf(host), EnabledSslProtocols = TlsVersions.Allowed, ClientCertificates = shown },
            cancellationToken).ConfigureAwait(false);
#endif
        return tls;
    }
}
