using System;
using System.Collections.Generic;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Telemetry;

namespace AuthModule.Validation;

/// <summary>One token on its way through the checks: what the rules are, and what earlier checks have found.</summary>
internal sealed class ValidationContext
{
    private static readonly Dictionary<string, object?> NoClaims = [];

    public required string Text { get; init; }

    public required ValidationRules Rules { get; init; }

    public required ICallLog Log { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What the server answered about the token; null when it was not asked.</summary>
    public IReadOnlyDictionary<string, object?>? Reply { get; init; }

    /// <summary>The token's own bytes; null when it was seen before and its signature need not be looked at again.</summary>
    public CompactToken? Raw { get; set; }

    /// <summary>Null until the shape was found good.</summary>
    public ParsedToken? Token { get; set; }

    /// <summary>Of the token or of the server's reply; null while there are none to check.</summary>
    public IReadOnlyDictionary<string, object?>? Claims { get; set; }

    public IReadOnlyDictionary<string, object?> ClaimsOrNone => Claims ?? NoClaims;

    /// <summary>The signing algorithm, once it was found allowed.</summary>
    public SigningAlgorithm? Algorithm { get; set; }

    /// <summary>What looking for the key has found; null when nobody looked.</summary>
    public KeySearch? KeySearch { get; set; }

    /// <summary>The token came encrypted and was decrypted.</summary>
    public bool IsDecrypted { get; set; }

    /// <summary>The claims are the issuer's: the signature is good, or the issuer itself said them.</summary>
    public bool IsAuthentic { get; set; }

    /// <summary>Nobody said who the issuer should be, so that it was not compared.</summary>
    public bool IsIssuerUnknown { get; set; }

    /// <summary>The kind that the token was found to be; null when it does not say.</summary>
    public TokenUse? Use { get; set; }

    /// <summary>Reads the payload of a signed token and makes it the one that is checked.</summary>
    public bool TryAccept(CompactToken signed, out string fault)
    {
        if (PlainValues.TryReadObject(signed.Parts[1], out fault) is not { } claims)
        {
            fault = $"the payload {fault}";
            return false;
        }

        Raw = signed;
        Token = new ParsedToken { Header = signed.Header, Claims = claims, Size = Text.Length, Parts = signed.Parts.Length };
        Claims = claims;
        return true;
    }
}
