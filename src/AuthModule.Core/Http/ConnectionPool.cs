using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.Http;
using System.Threading;

namespace AuthModule.Http;

/// <summary>
/// One client per transport setting for the life of the process: a new one per call would leave sockets behind, and one for
/// all would mix certificates and proxies.
/// </summary>
internal sealed class ConnectionPool
{
    // Scripts use one or two settings. Past the bound all clients are released.
    public const int MaxClients = 64;

    private ConcurrentDictionary<Key, Connection> connections = new();

    public int Count => connections.Count;

    /// <param name="transport">How to reach it.</param>
    /// <param name="url">What is asked.</param>
    /// <param name="isFresh">
    /// True for what works once. A kept connection may be closing at the other end just now, and then nobody knows whether the
    /// request arrived; a new one cannot.
    /// </param>
    public Connection For(TransportSettings transport, Uri url, bool isFresh = false)
    {
        var key = new Key(
            isFresh,
            AddressPolicy.IsLocal(url),
            transport.Proxy,
            transport.ProxyCredential?.UserName,
            transport.ProxyCredential?.GetHashCode() ?? 0,
            transport.CaCertificate,
            transport.CaCertificate is { } file && File.Exists(file) ? File.GetLastWriteTimeUtc(file) : default,
            transport.ClientCertificate?.Thumbprint,
            transport.SkipCertificateCheck);
        if (connections.TryGetValue(key, out Connection? known))
        {
            return known;
        }

        return Open(key, transport);
    }

    private Connection Open(Key key, TransportSettings transport)
    {
        if (connections.Count >= MaxClients)
        {
            Release();
        }

        return connections.GetOrAdd(key, known => ConnectionFactory.Create(transport, known.IsLocal, known.IsFresh));
    }

    /// <summary>Closes what is idle now; requests under way end as they would, and their connections with them.</summary>
    public void Release()
    {
        foreach (Connection connection in Interlocked.Exchange(ref connections, new ConcurrentDictionary<Key, Connection>()).Values)
        {
            // The handler, not the client: disposing of a client cancels the requests of others.
            connection.Handler.Dispose();
        }
    }

    private readonly record struct Key(
        bool IsFresh,
        bool IsLocal,
        Uri? Proxy,
        string? ProxyUser,
        int ProxyCredential,
        string? CaCertificate,
        DateTime CaCertificateWritten,
        string? ClientCertificate,
        bool SkipCertificateCheck);
}
