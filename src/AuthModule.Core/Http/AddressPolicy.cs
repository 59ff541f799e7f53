using System;
using AuthModule.Errors;

namespace AuthModule.Http;

/// <summary>Which addresses may be spoken to at all.</summary>
internal static class AddressPolicy
{
    /// <exception cref="ConfigurationException">InsecureUrl: cleartext to anything but this machine; InvalidUrl: not http at all.</exception>
    public static void RequireProtected(Uri url, string service, bool allowInsecureHttp)
    {
        if (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || allowInsecureHttp)))
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
