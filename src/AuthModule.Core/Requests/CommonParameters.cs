using System;
using System.Collections.Generic;
using AuthModule.Errors;

namespace AuthModule.Requests;

/// <summary>The entries of <c>-Parameter</c> that every provider knows; they are settings, never sent as fields.</summary>
internal static class CommonParameters
{
    /// <summary>Hosts that discovery may name besides the service's own, separated by spaces or commas.</summary>
    public const string TrustedHosts = "trustedHosts";

    /// <summary>The algorithm of client assertions, e.g. <c>PS256</c>.</summary>
    public const string AssertionAlgorithm = "assertionAlgorithm";

    /// <summary>Whom client assertions name: some servers take only their token endpoint, some only their issuer.</summary>
    public const string AssertionAudience = "assertionAudience";

    /// <summary>The second factor's method, where the service offers several.</summary>
    public const string MfaMethod = "mfaMethod";

    /// <summary>Whether authorization requests are pushed (RFC 9126).</summary>
    public const string PushedAuthorization = "pushedAuthorization";

    /// <summary>Whether authorization requests are signed with the client's key (RFC 9101).</summary>
    public const string SignedRequest = "signedRequest";

    public static IReadOnlyList<string> All { get; } = [TrustedHosts, AssertionAlgorithm, AssertionAudience, MfaMethod, PushedAuthorization, SignedRequest];

    public static string? Find(IReadOnlyDictionary<string, string> given, string name)
    {
        foreach (KeyValuePair<string, string> parameter in given)
        {
            if (string.Equals(parameter.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter.Value;
            }
        }

        return null;
    }

    /// <exception cref="AuthenticationException">InvalidRequest: neither true nor false.</exception>
    public static bool? FindFlag(IReadOnlyDictionary<string, string> given, string name) => Find(given, name) is not { } text
        ? null
        : bool.TryParse(text, out bool flag) ? flag
        : throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Parameter @{{ {name} = '{text}' }} is neither true nor false.");

    public static IReadOnlyList<string> TrustedHostsIn(IReadOnlyDictionary<string, string> given) =>
        Find(given, TrustedHosts)?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [];
}
