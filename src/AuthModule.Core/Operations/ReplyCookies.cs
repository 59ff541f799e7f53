using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Http;

namespace AuthModule.Operations;

/// <summary>The cookies that a reply sets (RFC 6265, section 5.2): names and values; of the attributes only those by which it takes one back.</summary>
internal static class ReplyCookies
{
    // In the name of a place: the rest of the cookie's name is the service's affair.
    private const char AnyRest = '*';

    /// <summary>The value of one; null where the reply does not set it, or takes it back.</summary>
    /// <param name="reply">What was answered.</param>
    /// <param name="name">Of the cookie, or what it begins with and a <c>*</c>.</param>
    public static string? Find(WireReply reply, string name)
    {
        string? found = null;
        string? start = name.EndsWith(AnyRest) ? name.TrimEnd(AnyRest) : null;
        foreach ((string Name, string? Value) cookie in Read(reply))
        {
            if (start is not null ? cookie.Name.StartsWith(start, StringComparison.Ordinal) : string.Equals(cookie.Name, name, StringComparison.Ordinal))
            {
                found = cookie.Value;
            }
        }

        return found;
    }

    /// <summary>In their order; a value of null takes the cookie back.</summary>
    public static IEnumerable<(string Name, string? Value)> Read(WireReply reply)
    {
        foreach (string line in reply.SetCookies)
        {
            string[] parts = line.Split(';');
            int equals = parts[0].IndexOf('=');
            string name = equals <= 0 ? string.Empty : parts[0].Substring(0, equals).Trim();
            string value = equals <= 0 ? string.Empty : parts[0].Substring(equals + 1).Trim();
            if (!WireRequest.IsHeaderName(name) || value.Any(static c => c is <= ' ' or > '~' or ';'))
            {
                continue;
            }

            yield return (name, value.Length == 0 || parts.Skip(1).Any(TakesBack) ? null : value);
        }
    }

    private static bool TakesBack(string attribute)
    {
        string[] pair = attribute.Split(['='], 2);
        string name = pair[0].Trim();
        string value = pair.Length > 1 ? pair[1].Trim() : string.Empty;
        return name.Equals("Max-Age", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) && seconds <= 0
            : name.Equals("Expires", StringComparison.OrdinalIgnoreCase)
                && DateTimeOffset.TryParse(value.Replace('-', ' '), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end)
                && end < new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
