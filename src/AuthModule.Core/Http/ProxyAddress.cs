using System;
using AuthModule.Errors;

namespace AuthModule.Http;

/// <summary>What can be the address of a proxy, and how it is shown.</summary>
internal static class ProxyAddress
{
    /// <summary>False where it is no http(s) address, or holds a user name or password: those belong into the credential.</summary>
    public static bool TryRead(string text, out Uri? address) => Uri.TryCreate(text, UriKind.Absolute, out address) && IsUsable(address);

    /// <exception cref="ConfigurationException">InvalidUrl. The text is not quoted where it may hold a password.</exception>
    public static void Require(Uri? given)
    {
        if (given is null || IsUsable(given))
        {
            return;
        }

        string text = given.OriginalString;
        bool mayHoldPassword = text.IndexOf('@') >= 0;
        throw AuthError.Create(
            AuthErrorId.InvalidUrl,
            mayHoldPassword ? "-Proxy holds a user name or password, or is no address." : $"-Proxy '{text}' is not an http(s) address.",
            mayHoldPassword
                ? "Give the proxy's address without a user name; that and the password are -ProxyCredential."
                : "Give it with its scheme: http://proxy.example.com:8080.");
    }

    /// <summary>Host and port, never credentials.</summary>
    public static string Show(Uri proxy) => FormattableString.Invariant($"{proxy.Host}:{proxy.Port}");

    private static bool IsUsable(Uri address) =>
        address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.Host.Length > 0 && address.UserInfo.Length == 0;
}
