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
    // Scripts use one or two settings. Past the bound all clients are dropped; requests under way keep theirs.
    private const int MostClients = 64;

    private ConcurrentDictionary<Key, Connection> connections = new();

    public Connection For(TransportSettings transport, Uri url)
    {
        var key = new Key(
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
        if (connections.Count >= MostClients)
        {
            Interlocked.Exchange(ref connections, new ConcurrentDictionary<Key, Connection>());
        }

        return connections.GetOrAdd(key, known => ConnectionFactory.Create(transport, known.IsLocal));
    }

    private readonly record struct Key(
        bool IsLocal,
        Uri? Proxy,
        string? ProxyUser,
        int ProxyCredential,
        string? CaCertificate,
        DateTime CaCertificateWritten,
        string? ClientCertificate,
        bool SkipCertificateCheck);
}
