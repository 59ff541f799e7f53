using System.Collections.Generic;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation;

/// <summary>The claim names of a provider's description (<c>claims</c>), the standards' where it says nothing.</summary>
internal static class DescribedClaimNames
{
    public static ClaimNames Of(IReadOnlyDictionary<string, string> described) => new()
    {
        Scope = Names(described, "scope", ClaimNames.Default.Scope),
        Groups = Names(described, "groups", ClaimNames.Default.Groups),
        Client = Names(described, "client", ClaimNames.Default.Client),
        TokenUse = Names(described, "tokenUse", ClaimNames.Default.TokenUse),
    };

    private static IReadOnlyList<string> Names(IReadOnlyDictionary<string, string> described, string what, IReadOnlyList<string> standard) =>
        described.TryGetValue(what, out string? name) ? [name] : standard;
}
