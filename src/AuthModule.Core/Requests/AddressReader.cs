using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Requests;

/// <summary>Turns what a user types as a service's address into one form, and refuses what cannot be one.</summary>
internal static class AddressReader
{
    private const string WellKnown = "/.well-known/";

    /// <summary>
    /// An authority: scheme and host in lower case, https where no scheme is given, single slashes, none at the end. An address
    /// of its metadata, which people paste, is taken as the authority behind it.
    /// </summary>
    /// <exception cref="ConfigurationException">InvalidUrl.</exception>
    public static string Normalize(string typed, IReadOnlyList<string> stripSuffixes, string parameter = "-Authority")
    {
        Uri url = Read(typed, parameter);
        if (url.Query.Length > 0 || typed.Contains('?'))
        {
            throw Invalid(parameter, $"'{url.GetLeftPart(UriPartial.Path)}' is followed by a query");
        }

        string path = string.Join("/", url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries));
        string address = WithoutWellKnown(url.GetLeftPart(UriPartial.Authority) + (path.Length == 0 ? string.Empty : "/" + path));
        foreach (string suffix in stripSuffixes)
        {
            if (address.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && address.Length - suffix.Length >= url.GetLeftPart(UriPartial.Authority).Length)
            {
                return address.Substring(0, address.Length - suffix.Length);
            }
        }

        return address;
    }

    /// <summary>An endpoint: its path and query stay as they are written (RFC 6749, section 3.2); https where no scheme is given.</summary>
    /// <exception cref="ConfigurationException">InvalidUrl.</exception>
    public static string Endpoint(string typed, string parameter)
    {
        Uri url = Read(typed, parameter);
        return url.AbsoluteUri;
    }

    /// <summary>What is in front of the query.</summary>
    public static string WithoutQuery(string address)
    {
        int query = address.IndexOf('?');
        return query < 0 ? address : address.Substring(0, query);
    }

    // OpenID Connect Discovery puts the part behind the issuer, RFC 8414 between its host and its path.
    private static string WithoutWellKnown(string address)
    {
        int at = address.IndexOf(WellKnown, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return address;
        }

        int name = at + WellKnown.Length;
        int end = address.IndexOf('/', name);
        return address.Substring(0, at) + (end < 0 ? string.Empty : address.Substring(end));
    }

    private static Uri Read(string typed, string parameter)
    {
        string text = typed.Trim();
        if (text.Length == 0)
        {
            throw AuthError.Missing(parameter, "no service is named");
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            text = "https://" + text.TrimStart('/');
        }

        // The text is not quoted where it may hold a password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Host.Length == 0 || text.Any(char.IsControl))
        {
            throw Invalid(parameter, text.Contains('@') ? "It is not an address" : $"'{typed.Trim()}' is not an address");
        }

        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
        {
            throw Invalid(parameter, $"'{url.Scheme}' is neither https nor http");
        }

        if (url.UserInfo.Length > 0)
        {
            throw Invalid(parameter, "It holds a user name or password");
        }

        if (url.Fragment.Length > 0 || text.Contains('#'))
        {
            throw Invalid(parameter, $"'{url.GetLeftPart(UriPartial.Path)}' is followed by a fragment");
        }

        return url;
    }

    private static AuthException Invalid(string parameter, string fault) =>
        AuthError.Create(AuthErrorId.InvalidUrl, $"{parameter} is not usable. {fault}.");
}
