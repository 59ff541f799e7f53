using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Cli.Helpers;

/// <summary>The hosts that a credential helper serves. A helper is asked for every host that its caller comes across: a token goes only to its own.</summary>
internal sealed class ServedHosts(IReadOnlyList<string> named, string authority, bool allowsHttp)
{
    /// <summary>As they were named; else the service's own.</summary>
    public IReadOnlyList<string> Names { get; } = named.Count > 0 ? named : [new Uri(authority).Authority];

    /// <param name="address">With or without a scheme; https where it has none.</param>
    public bool Has(string address)
    {
        if (!Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address, UriKind.Absolute, out Uri? url))
        {
            return false;
        }

        bool isProtected = url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || allowsHttp));
        return isProtected && Names.Any(name => string.Equals(name, url.Authority, StringComparison.OrdinalIgnoreCase) || string.Equals(name, url.Host, StringComparison.OrdinalIgnoreCase));
    }
}
