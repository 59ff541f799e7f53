using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AuthModule.Stores.Redis;

/// <summary>A host, without brackets where it is an IPv6 address, and its port.</summary>
internal sealed record RedisHost(string Host, int Port)
{
    public EndPoint ToEndPoint() => IPAddress.TryParse(Host, out IPAddress? address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Host, Port);

    public static RedisHost Of(EndPoint point) => point switch
    {
        IPEndPoint address => new RedisHost(address.Address.ToString(), address.Port),
        DnsEndPoint name => new RedisHost(name.Host, name.Port),
        _ => throw new ArgumentException("There is no such address of a Redis.", nameof(point)),
    };

    /// <summary>Null where the text is neither a host nor a host with a port.</summary>
    public static RedisHost? TryRead(string text, int defaultPort)
    {
        string host = text;
        int port = defaultPort;
        int colon = text.LastIndexOf(':');
        if (colon >= 0 && colon > text.LastIndexOf(']'))
        {
            host = text.Substring(0, colon);
            string digits = text.Substring(colon + 1);
            if (digits.Length > 0 && !(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
            {
                return null;
            }
        }

        bool isBracketed = host.Length > 2 && host[0] == '[' && host[host.Length - 1] == ']';
        host = isBracketed ? host.Substring(1, host.Length - 2) : host;
        bool isGood = isBracketed
            ? IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return isGood ? new RedisHost(host, port) : null;
    }

    public override string ToString() => FormattableString.Invariant($"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
