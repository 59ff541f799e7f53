using System;
using System.Collections.Generic;

namespace AuthModule.Tokens;

/// <summary>
/// The type of a token, which says how it is used. A client does not use one whose type it does not understand (RFC 6749,
/// section 7.1): a token that wants a proof would go out as a bearer token.
/// </summary>
internal static class TokenTypes
{
    public const string Bearer = "Bearer";
    public const string Dpop = "DPoP";

    /// <summary>What an exchange brings is not always an access token (RFC 8693, section 2.2.1).</summary>
    public const string NotApplicable = "N_A";

    /// <summary>In a description's map: every type that it does not name.</summary>
    private const string AnyOther = "*";

    /// <summary>The type as headers write it; null where it is not understood.</summary>
    /// <param name="said">The service's word; null or empty where it says none, which is <see cref="Bearer"/>.</param>
    /// <param name="described">The service's words by what they mean, as its description has them; an empty key is no word at all.</param>
    /// <param name="isExchange">The reply is one to a token exchange.</param>
    public static string? Find(string? said, IReadOnlyDictionary<string, string> described, bool isExchange)
    {
        string type = said ?? string.Empty;
        foreach (KeyValuePair<string, string> word in described)
        {
            if (string.Equals(word.Key, type, StringComparison.OrdinalIgnoreCase))
            {
                return word.Value;
            }
        }

        // Headers are written as everyone writes them.
        return type.ToUpperInvariant() switch
        {
            "" or "BEARER" => Bearer,
            "DPOP" => Dpop,
            NotApplicable when isExchange => NotApplicable,
            _ => described.TryGetValue(AnyOther, out string? other) ? other : null,
        };
    }
}
