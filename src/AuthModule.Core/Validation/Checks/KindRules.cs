using System.Collections.Generic;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation.Checks;

/// <summary>What a token of each kind has to be, whether it speaks for itself or a server speaks of it.</summary>
internal static class KindRules
{
    private static readonly string[] OfId = ["iss", "sub", "aud", "exp", "iat"];
    private static readonly string[] OfLogout = ["iss", "aud", "iat", "jti", "events"];

    /// <summary>Null when the token can be of the wanted kind.</summary>
    public static TokenCheck? Fault(TokenKind kind, TokenUse wanted, IReadOnlyDictionary<string, object?> claims)
    {
        if (kind.Use is { } use && use != wanted && (wanted != TokenUse.Any || use == TokenUse.Logout))
        {
            return Mismatch($"{kind.Evidence} makes it {Article(use)}, not {Article(wanted)}");
        }

        return wanted switch
        {
            // One that does not say what it is has at least what OpenID Connect Core, section 2, demands.
            TokenUse.Id when FaultOfId(claims) is { } fault => kind.Use is null
                ? Mismatch(fault)
                : TokenCheck.Failed(CheckName.TokenUse, AuthErrorId.TokenMalformed, fault),
            TokenUse.Logout when FaultOfLogout(claims) is { } fault => Mismatch(fault),
            _ => null,
        };
    }

    public static TokenCheck Mismatch(string reason) => TokenCheck.Failed(CheckName.TokenUse, AuthErrorId.TokenUseMismatch, reason);

    public static string Name(TokenUse use) => use switch
    {
        TokenUse.Id => "ID token",
        TokenUse.Logout => "logout token",
        _ => "access token",
    };

    private static string Article(TokenUse use) => use == TokenUse.Any ? "an access or ID token" : (use == TokenUse.Logout ? "a " : "an ") + Name(use);

    private static string? FaultOfId(IReadOnlyDictionary<string, object?> claims)
    {
        foreach (string name in OfId)
        {
            if (!claims.ContainsKey(name))
            {
                return $"an ID token has '{name}'";
            }
        }

        return ClaimText.One(claims, "sub") is { Length: > 0 } ? null : "the subject of an ID token is a text, and not empty";
    }

    // OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6.
    private static string? FaultOfLogout(IReadOnlyDictionary<string, object?> claims)
    {
        foreach (string name in OfLogout)
        {
            if (!claims.ContainsKey(name))
            {
                return $"a logout token has '{name}'";
            }
        }

        if (claims["events"] is not Dictionary<string, object?> events
            || !events.TryGetValue(TokenKind.LogoutEvent, out object? happened) || happened is not Dictionary<string, object?>)
        {
            return "its events are not those of a sign-out";
        }

        return claims.ContainsKey("nonce") ? "a logout token has no 'nonce'"
            : ClaimText.One(claims, "jti") is not { Length: > 0 } ? "the id of a logout token (jti) is a text, and not empty"
            : ClaimText.One(claims, "sub") is not { Length: > 0 } && ClaimText.One(claims, "sid") is not { Length: > 0 } ? "a logout token names a subject or a session"
            : null;
    }
}
