using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Requests;

/// <summary>Turns what a user types as a service's address into one form, and refuses what cannot be one.</summary>
internal static class AddressReader
{
    /// <summary>Scheme and host in lower case, https where no scheme is given, single slashes, none at the end.</summary>
    /// <exception cref="ConfigurationException">InvalidUrl.</exception>
    public static string Normalize(string typed, IReadOnlyList<string> stripSuffixes, string parameter = "-Authority")
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

        if (url.Query.Length > 0 || text.Contains('?'))
        {
            throw Invalid(parameter, $"'{url.GetLeftPart(UriPartial.Path)}' is followed by a query");
        }

        if (url.Fragment.Length > 0 || text.Contains('#'))
        {
            throw Invalid(parameter, $"'{url.GetLeftPart(UriPartial.Path)}' is followed by a fragment");
        }

        string path = string.Join("/", url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries));
        string address = url.GetLeftPart(UriPartial.Authority) + (path.Length == 0 ? string.Empty : "/" + path);
        foreach (string suffix in stripSuffixes)
        {
            if (address.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && address.Length - suffix.Length >= url.GetLeftPart(UriPartial.Authority).Length)
            {
                return address.Substring(0, address.Length - suffix.Length);
            }
        }

        return address;
    }

    private static AuthException Invalid(string parameter, string fault) =>
        AuthError.Create(AuthErrorId.InvalidUrl, $"{parameter} is not usable. {fault}.");
}
