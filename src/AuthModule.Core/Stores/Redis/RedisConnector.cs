using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.Stores.Redis;

/// <summary>Opens a connection: TCP, TLS where it is asked for, then user and password and the database.</summary>
internal static class RedisConnector
{
    /// <exception cref="RespException">Where it cannot be reached, is not trusted, or refuses user or database.</exception>
    public static async Task<RespConnection> OpenAsync(RedisAddress address, TimeProvider clock, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = Deadline.After(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var socket = new TcpClient { NoDelay = true };
        RespConnection? connection = null;
        string? finding = null;
        try
        {
#if NETSTANDARD2_0
            await socket.ConnectAsync(address.Host, address.Port).WaitAsync(either.Token).ConfigureAwait(false);
#else
            await socket.ConnectAsync(address.Host, address.Port, either.Token).ConfigureAwait(false);
#endif
            Stream stream = socket.GetStream();
            if (address.UsesTls)
            {
                stream = await SecureAsync(stream, address, fault => finding = fault, either.Token).ConfigureAwait(false);
            }

            connection = new RespConnection(socket, stream, clock);
            await IntroduceAsync(connection, address, timeout, either.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception cause)
        {
            connection?.Dispose();
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw cause switch
            {
                RespException => cause,
                AuthException => cause,
                System.Security.Authentication.AuthenticationException => new RespException($"its TLS is not trusted: {finding ?? "the handshake failed"}", cause),
                OperationCanceledException => new RespException(FormattableString.Invariant($"it did not answer within {timeout.TotalSeconds:0.#} seconds"), cause),
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new RespException("the connection was refused", cause),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new RespException("its name does not resolve", cause),
                _ when address.UsesTls => new RespException("the TLS handshake failed", cause),
                _ => new RespException("it cannot be reached", cause),
            };
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, RedisAddress address, Action<string?> found, CancellationToken cancellationToken)
    {
        X509Certificate2Collection? authorities = address.CaCertificate is { } file ? CertificateFile.ReadAuthorities(file) : null;
        var tls = new SslStream(plain, leaveInnerStreamOpen: false, (_, certificate, chain, errors) =>
        {
            string? fault = ServerCertificateCheck.FindFault(certificate, chain, errors, authorities);
            found(fault);
            return fault is null;
        });
#if NETSTANDARD2_0
        await tls.AuthenticateAsClientAsync(address.Host, [], TlsVersions.Allowed, checkCertificateRevocation: false).WaitAsync(cancellationToken).ConfigureAwait(false);
#else
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = address.Host, EnabledSslProtocols = TlsVersions.Allowed },
            cancellationToken).ConfigureAwait(false);
#endif
        return tls;
    }

    private static async Task IntroduceAsync(RespConnection connection, RedisAddress address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (address.Password is { } password)
        {
            byte[] plain = password.RevealUtf8();
            RespCommand command = address.UserName is { } user ? new RespCommand("AUTH", user, plain) : new RespCommand("AUTH", plain);
            RespValue answer = await connection.SendAsync(command, timeout, cancellationToken).ConfigureAwait(false);
            Array.Clear(plain, 0, plain.Length);
            if (!answer.IsOk)
            {
                throw new RespException("it does not take the user name and password");
            }
        }

        if (address.Database != 0)
        {
            RespValue answer = await connection.SendAsync(new RespCommand("SELECT", address.Database), timeout, cancellationToken).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                throw new RespException(answer.Text?.StartsWith("NOAUTH", StringComparison.Ordinal) == true
                    ? RespClient.NeedsPassword
                    : FormattableString.Invariant($"it does not open database {address.Database}"));
            }
        }
    }
}
