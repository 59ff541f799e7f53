using System;
using System.Globalization;
using System.Net;
using AuthModule.Errors;

namespace AuthModule.Interaction;

/// <summary>A redirect URI on this machine (RFC 8252, section 7.3), with the port that is listened on.</summary>
internal static class LoopbackAddress
{
    public const string Default = "http://127.0.0.1";

    /// <summary>The port that it names; 0 leaves it to the system.</summary>
    /// <exception cref="ConfigurationException">InvalidUrl: not http on this machine.</exception>
    public static int PortOf(string redirectUri, out Uri address)
    {
        if (Uri.TryCreate(redirectUri, UriKind.Absolute, out Uri? parsed) && parsed.Scheme == Uri.UriSchemeHttp && parsed.IsLoopback && parsed.Query.Length == 0 && parsed.Fragment.Length == 0)
        {
            address = parsed;
            return NamesPort(redirectUri, parsed) ? parsed.Port : 0;
        }

        throw AuthError.Create(
            AuthErrorId.InvalidUrl,
            $"-RedirectUri '{redirectUri}' does not lead to this machine: a sign-in with its own browser needs http://127.0.0.1 or http://localhost, with any port and path.",
            "Register such an address for the client, or use New-AuthAuthorizationRequest and give the address that the browser ends at.");
    }

    /// <summary>The same address with a port, written as it was given otherwise: servers compare letters.</summary>
    public static string WithPort(string redirectUri, Uri address, int port)
    {
        if (NamesPort(redirectUri, address))
        {
            return redirectUri;
        }

        int hostEnd = redirectUri.IndexOf('/', redirectUri.IndexOf("://", StringComparison.Ordinal) + 3);
        string path = hostEnd < 0 ? string.Empty : redirectUri.Substring(hostEnd);
        string host = hostEnd < 0 ? redirectUri : redirectUri.Substring(0, hostEnd);
        return $"{host}:{port.ToString(CultureInfo.InvariantCulture)}{path}";
    }

    public static IPAddress ListensOn(Uri address) =>
        address.HostNameType == UriHostNameType.IPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    private static bool NamesPort(string redirectUri, Uri address) => !address.IsDefaultPort || redirectUri.Contains(":80", StringComparison.Ordinal);
}
