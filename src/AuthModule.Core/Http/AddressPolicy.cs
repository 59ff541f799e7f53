using System;
using System.Net;
using System.Net.Sockets;
using AuthModule.Errors;

namespace AuthModule.Http;

/// <summary>Which addresses may be spoken to at all.</summary>
internal static class AddressPolicy
{
    /// <summary>Addresses that do not leave this machine's own link, where clouds answer their machines (RFC 3927).</summary>
    public static bool IsLinkLocal(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && (address.IsIPv6LinkLocal || IsLinkLocal(address));

    private static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is { } bytes && bytes[0] == 169 && bytes[1] == 254;

    /// <summary>No proxy elsewhere and nobody else is on the way.</summary>
    public static bool IsLocal(Uri url) => url.IsLoopback || IsLinkLocal(url);

    /// <exception cref="ConfigurationException">InsecureUrl: cleartext to anything but this machine; InvalidUrl: not http at all.</exception>
    public static void RequireProtected(Uri url, string service, TransportSettings transport)
    {
        if (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || transport.AllowInsecureHttp || (transport.AllowLinkLocalHttp && IsLinkLocal(url)))))
        {
            return;
        }

        throw url.Scheme == Uri.UriSchemeHttp
            ? AuthError.Create(
                AuthErrorId.InsecureUrl,
                $"{service} is addressed by http ({url.GetLeftPart(UriPartial.Authority)}): credentials and tokens would cross the network in clear text. Nothing was sent.",
                new ErrorDetails { Service = service })
            : AuthError.Create(AuthErrorId.InvalidUrl, $"{service} is addressed by '{url.Scheme}', which is neither https nor http.", new ErrorDetails { Service = service });
    }
}
