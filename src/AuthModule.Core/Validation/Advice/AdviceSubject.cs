using System.Collections.Generic;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation.Advice;

/// <summary>The token that advice is given on.</summary>
internal sealed class AdviceSubject(ParsedToken token, VerificationKey? key, ClaimNames names)
{
    public IReadOnlyDictionary<string, object?> Header => token.Header;

    public IReadOnlyDictionary<string, object?> Claims => token.Claims;

    public string Algorithm => token.Algorithm;

    public int Size => token.Size;

    /// <summary>The key that it is verified with; null when that was not found.</summary>
    public VerificationKey? Key => key;

    public ClaimNames Names => names;

    /// <summary>The issuer was not compared with anything.</summary>
    public bool IsIssuerUnknown { get; init; }

    /// <summary>Null when the token does not say.</summary>
    public TokenUse? Use { get; } = TokenKind.Of(token, names).Use;

    public bool IsAccess => Use is not TokenUse.Id;

    public bool Lacks(string claim) => !token.Claims.TryGetValue(claim, out object? value) || value is null or "";
}
