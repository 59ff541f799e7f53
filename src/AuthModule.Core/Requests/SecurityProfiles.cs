using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Requests;

/// <summary>The names of <c>-SecurityProfile</c>, and what each of them allows everywhere.</summary>
internal static class SecurityProfiles
{
    /// <summary>FAPI 2.0 Security Profile.</summary>
    public const string Fapi2 = nameof(Fapi2);

    // FAPI 2.0 Security Profile, section 5.4.1.
    private static readonly string[] Fapi2Algorithms = ["PS256", "ES256", "EdDSA", "Ed25519"];

    public static IReadOnlyList<string> All { get; } = [Fapi2];

    public static bool IsFapi2(string? profile) => string.Equals(profile, Fapi2, StringComparison.OrdinalIgnoreCase);

    /// <summary>The algorithms of signatures, of those that the server offers; null where nothing limits them.</summary>
    /// <param name="profile">Of the request; null for none.</param>
    /// <param name="offered">Null where the server does not say.</param>
    public static IReadOnlyList<string>? Algorithms(string? profile, IReadOnlyList<string>? offered) => !IsFapi2(profile)
        ? offered
        : offered is null ? Fapi2Algorithms : [.. Fapi2Algorithms.Where(offered.Contains)];

    public static bool Allows(string? profile, string algorithm) => !IsFapi2(profile) || Fapi2Algorithms.Contains(algorithm);

    /// <exception cref="AuthenticationException">InvalidRequest: no such profile.</exception>
    public static void RequireKnown(string? profile)
    {
        if (profile is not null && !All.Contains(profile, StringComparer.OrdinalIgnoreCase))
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, $"-SecurityProfile '{AuthModule.Text.DisplayText.Text(profile)}' is not known.", $"Known are: {string.Join(", ", All)}.");
        }
    }
}
