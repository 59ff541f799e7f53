using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Http;

/// <summary>The first thing that a TLS client says (RFC 8446, section 4.1.2), taken from the wire.</summary>
internal static class ClientHello
{
    private const int SupportedVersions = 43;

    /// <summary>Listens once, and gives the protocol versions that whoever comes offers.</summary>
    public static async Task<(string Address, Task<IReadOnlyList<int>> Versions)> ListenAsync(CancellationToken stop)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Task.Yield();
        return ($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", ReadAsync(listener, stop));
    }

    private static async Task<IReadOnlyList<int>> ReadAsync(TcpListener listener, CancellationToken stop)
    {
        using (listener)
        using (TcpClient client = await listener.AcceptTcpClientAsync(stop))
        {
            NetworkStream stream = client.GetStream();
            byte[] head = new byte[5];
            await stream.ReadExactlyAsync(head, stop);
            byte[] record = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3))];
            await stream.ReadExactlyAsync(record, stop);
            return VersionsIn(record);
        }
    }

    private static List<int> VersionsIn(ReadOnlySpan<byte> hello)
    {
        int legacy = BinaryPrimitives.ReadUInt16BigEndian(hello[4..]);
        ReadOnlySpan<byte> rest = hello[(4 + 2 + 32)..];
        rest = rest[(1 + rest[0])..];
        rest = rest[(2 + BinaryPrimitives.ReadUInt16BigEndian(rest))..];
        rest = rest[(1 + rest[0])..];
        rest = rest[2..];
        while (rest.Length >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (type == SupportedVersions)
            {
                var versions = new List<int>();
                for (ReadOnlySpan<byte> list = rest.Slice(5, length - 1); list.Length >= 2; list = list[2..])
                {
                    versions.Add(BinaryPrimitives.ReadUInt16BigEndian(list));
                }

                return versions;
            }

            rest = rest[(4 + length)..];
        }

        return [legacy];
    }
}
