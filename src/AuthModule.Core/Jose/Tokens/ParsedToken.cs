using System.Collections.Generic;
using AuthModule.Jose.Keys;

namespace AuthModule.Jose.Tokens;

/// <summary>The header and claims of a JWT, read once. Holds neither the token nor its signature: it can be kept.</summary>
internal sealed class ParsedToken
{
    private volatile VerificationKey? verifiedBy;

    public required Dictionary<string, object?> Header { get; init; }

    public required Dictionary<string, object?> Claims { get; init; }

    /// <summary>Of the whole token, in characters.</summary>
    public required int Size { get; init; }

    /// <summary>3 when signed, 5 when encrypted.</summary>
    public required int Parts { get; init; }

    /// <summary>Empty when the header has none, or one that is no text.</summary>
    public string Algorithm => ClaimText.One(Header, "alg") ?? string.Empty;

    public string? KeyId => ClaimText.One(Header, "kid");

    /// <summary>The key that the signature was found good with; null before. A key that was reloaded is another key.</summary>
    public VerificationKey? VerifiedBy
    {
        get => verifiedBy;
        set => verifiedBy = value;
    }
}
