using System;

namespace AuthModule.Discovery;

/// <summary>A host that is allowed: a name, or <c>*.</c> and a domain for every name below it.</summary>
internal static class HostPattern
{
    public static bool Matches(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern.Substring(1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase);
}
