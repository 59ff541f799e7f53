using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Http;

/// <summary>Opens a TCP connection and closes it again, without a byte of content.</summary>
internal static class TcpProbe
{
    /// <summary>Null when it was opened, else why not; <see cref="SocketError.TimedOut"/> when there was no answer in time.</summary>
    public static async Task<SocketError?> ConnectAsync(IPAddress address, int port, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = Deadline.After(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using Socket socket = await OpenAsync(address, port, either.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException cause)
        {
            return cause.SocketErrorCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SocketError.TimedOut;
        }
    }

    /// <summary>An open connection, which is the caller's.</summary>
    public static async Task<Socket> OpenAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
#if NETSTANDARD2_0
            await socket.ConnectAsync(address, port).WaitAsync(cancellationToken).ConfigureAwait(false);
#else
            await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
#endif
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
