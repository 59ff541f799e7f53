using System.Collections.Generic;

namespace AuthModule.Jose.Tokens;

/// <summary>The claims that have another name at every provider.</summary>
internal static class TokenClaims
{
    public static IReadOnlyList<string> Scopes(IReadOnlyDictionary<string, object?> claims, ClaimNames names) => ClaimText.Words(ScopeValue(claims, names));

    /// <summary>The claim that holds the scopes, as it is; null when there is none.</summary>
    public static object? ScopeValue(IReadOnlyDictionary<string, object?> claims, ClaimNames names)
    {
        for (int i = 0; i < names.Scope.Count; i++)
        {
            if (ClaimText.TryFind(claims, names.Scope[i], out object? value))
            {
                return value;
            }
        }

        return null;
    }

    public static IReadOnlyList<string> Groups(IReadOnlyDictionary<string, object?> claims, ClaimNames names)
    {
        for (int i = 0; i < names.Groups.Count; i++)
        {
            // A group's name may have spaces: one text is one group.
            if (ClaimText.TryFind(claims, names.Groups[i], out object? value))
            {
                return ClaimText.OneOrMany(value) ?? [];
            }
        }

        return [];
    }

    /// <summary>Null when the token does not say.</summary>
    public static string? Client(IReadOnlyDictionary<string, object?> claims, ClaimNames names)
    {
        for (int i = 0; i < names.Client.Count; i++)
        {
            if (claims.TryGetValue(names.Client[i], out object? value))
            {
                return value as string;
            }
        }

        return null;
    }
}
