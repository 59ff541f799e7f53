using System;
using System.Collections.Generic;
using AuthModule.Text;

namespace AuthModule.Jose.Tokens;

/// <summary>What a token says of its own kind: by its type, by a claim, or by claims that only one kind has.</summary>
internal readonly struct TokenKind
{
    /// <summary>What makes a token with <c>events</c> a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.4).</summary>
    public const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    private const string Events = "events";

    // Of a sign-in's reply, and of nothing else.
    private static readonly string[] IdTokenOnly = ["at_hash", "c_hash", "s_hash"];

    // Of a sign-in. Some issuers put them into access tokens too (RFC 9068, section 2.2.1), beside what only those have.
    private static readonly string[] SignIn = ["nonce", "auth_time", "sid"];

    private TokenKind(TokenUse? use, bool isForeign, string evidence)
    {
        Use = use;
        IsForeign = isForeign;
        Evidence = evidence;
    }

    /// <summary>Null when the token does not say.</summary>
    public TokenUse? Use { get; }

    /// <summary>It says that it is something else: a refresh token, a proof, or two kinds at once.</summary>
    public bool IsForeign { get; }

    public string Evidence { get; }

    /// <summary>Somebody who knows said it.</summary>
    public static TokenKind Said(TokenUse use, string evidence) => new(use, isForeign: false, evidence);

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
                case "logout+jwt": byType = TokenUse.Logout; break;
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
                return new TokenKind(byClaim ?? byType, isForeign: byClaim is null || (byType is not null && byType != byClaim) || IsOtherEvent(token.Claims, byClaim), claim);
            }
        }

        return byType is not null ? new TokenKind(byType, isForeign: IsOtherEvent(token.Claims, byType), evidence) : ByContent(token.Claims, names);
    }

    /// <summary>By claims that the other kinds never have; a token with marks of several does not say.</summary>
    public static TokenKind ByContent(IReadOnlyDictionary<string, object?> claims, ClaimNames names)
    {
        if (claims.ContainsKey(Events))
        {
            return new TokenKind(TokenUse.Logout, isForeign: IsOtherEvent(claims, TokenUse.Logout), $"claim {Events}");
        }

        if (FirstOf(claims, IdTokenOnly) is { } only)
        {
            return new TokenKind(TokenUse.Id, isForeign: false, $"claim {only}");
        }

        string? idMark = FirstOf(claims, SignIn);
        string? accessMark = FirstOf(claims, names.Scope) ?? (claims.ContainsKey("client_id") ? "client_id" : null);
        return (idMark, accessMark) switch
        {
            ({ } mark, null) => new TokenKind(TokenUse.Id, isForeign: false, $"claim {mark}"),
            (null, { } mark) => new TokenKind(TokenUse.Access, isForeign: false, $"claim {mark}"),
            _ => default,
        };
    }

    // A security event is nothing but that (RFC 8417); the one of a sign-out is a logout token.
    private static bool IsOtherEvent(IReadOnlyDictionary<string, object?> claims, TokenUse? use) =>
        claims.TryGetValue(Events, out object? events)
        && (use != TokenUse.Logout || events is not Dictionary<string, object?> happened || !happened.ContainsKey(LogoutEvent));

    private static TokenUse? ByClaim(string? said) => said?.ToLowerInvariant() switch
    {
        "access" or "bearer" => TokenUse.Access,
        "id" => TokenUse.Id,
        "logout" => TokenUse.Logout,
        _ => null,
    };

    private static string? FirstOf(IReadOnlyDictionary<string, object?> claims, IReadOnlyList<string> names)
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
