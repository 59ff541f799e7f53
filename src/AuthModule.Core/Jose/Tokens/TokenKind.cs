using System;
using System.Collections.Generic;
using AuthModule.Text;

namespace AuthModule.Jose.Tokens;

/// <summary>What a token says of its own kind: by its type, by a claim, or by claims that only one kind has.</summary>
internal readonly struct TokenKind
{
    private static readonly string[] IdTokenOnly = ["nonce", "at_hash", "c_hash", "s_hash"];

    private TokenKind(TokenUse? use, bool isForeign, string evidence)
    {
        Use = use;
        IsForeign = isForeign;
        Evidence = evidence;
    }

    /// <summary>Null when the token does not say.</summary>
    public TokenUse? Use { get; }

    /// <summary>It says that it is something else: a refresh token, a logout token, a proof.</summary>
    public bool IsForeign { get; }

    public string Evidence { get; }

    public static TokenKind Of(ParsedToken token, ClaimNames names)
    {
        TokenUse? byType = null;
        string evidence = string.Empty;
        if (token.Header.TryGetValue("typ", out object? value))
        {
            string type = MediaType(value as string ?? "(not a text)");
            evidence = $"typ {DisplayText.Text(type)}";
            switch (type)
            {
                case "at+jwt": byType = TokenUse.Access; break;
                case "jwt": break;
                default: return new TokenKind(null, isForeign: true, evidence);
            }
        }

        for (int i = 0; i < names.TokenUse.Count; i++)
        {
            if (token.Claims.TryGetValue(names.TokenUse[i], out object? said))
            {
                TokenUse? byClaim = ByClaim(said as string);
                string claim = $"{names.TokenUse[i]} {DisplayText.Text(said as string ?? "(not a text)")}";
                return new TokenKind(byClaim ?? byType, isForeign: byClaim is null || (byType is not null && byType != byClaim), claim);
            }
        }

        return byType is not null ? new TokenKind(byType, isForeign: false, evidence) : ByContent(token, names);
    }

    private static TokenUse? ByClaim(string? said) => said?.ToLowerInvariant() switch
    {
        "access" or "bearer" => TokenUse.Access,
        "id" => TokenUse.Id,
        _ => null,
    };

    // Only claims that the other kind never has; a token with both kinds of marks does not say.
    private static TokenKind ByContent(ParsedToken token, ClaimNames names)
    {
        string? idMark = FirstOf(token.Claims, IdTokenOnly);
        string? accessMark = FirstOf(token.Claims, names.Scope) ?? (token.Claims.ContainsKey("client_id") ? "client_id" : null);
        return (idMark, accessMark) switch
        {
            ({ } mark, null) => new TokenKind(TokenUse.Id, isForeign: false, $"claim {mark}"),
            (null, { } mark) => new TokenKind(TokenUse.Access, isForeign: false, $"claim {mark}"),
            _ => default,
        };
    }

    private static string? FirstOf(Dictionary<string, object?> claims, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (claims.ContainsKey(names[i]))
            {
                return names[i];
            }
        }

        return null;
    }

    // RFC 7515, section 4.1.9: without a slash, "application/" is left out; media types know no case.
    private static string MediaType(string type)
    {
        type = type.ToLowerInvariant();
        return type.StartsWith("application/", StringComparison.Ordinal) ? type.Substring("application/".Length) : type;
    }
}
