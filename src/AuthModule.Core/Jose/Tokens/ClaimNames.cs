using System.Collections.Generic;

namespace AuthModule.Jose.Tokens;

/// <summary>Which claims a provider has for what. A provider's description replaces what differs; the first name that a token has counts.</summary>
internal sealed record ClaimNames
{
    public static ClaimNames Default { get; } = new();

    public IReadOnlyList<string> Scope { get; init; } = ["scope", "scp"];

    public IReadOnlyList<string> Groups { get; init; } = ["groups"];

    /// <summary>The client that an access token was issued to.</summary>
    public IReadOnlyList<string> Client { get; init; } = ["client_id", "azp"];

    /// <summary>Claims that tell access, ID and refresh tokens apart.</summary>
    public IReadOnlyList<string> TokenUse { get; init; } = ["token_use"];
}
