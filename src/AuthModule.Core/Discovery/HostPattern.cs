using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Discovery;

/// <summary>A host that is allowed: a name, or <c>*.</c> and a domain for every name below it.</summary>
internal static class HostPattern
{
    /// <summary>
    /// Whether an address that a service names belongs to it: its own host, this machine where it is on this machine, or a
    /// host that the description or the caller allows.
    /// </summary>
    public static bool IsOf(Uri address, Uri source, IReadOnlyList<string> trustedHosts) =>
        string.Equals(address.Host, source.Host, StringComparison.OrdinalIgnoreCase)
        || (address.IsLoopback && source.IsLoopback)
        || trustedHosts.Any(trusted => Matches(trusted, address.Host));

    public static bool Matches(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern.Substring(1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase);
}
