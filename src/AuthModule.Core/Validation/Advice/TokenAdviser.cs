using System;
using System.Collections.Generic;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Advice;

/// <summary>
/// Says what the best current practices advise against in a token, valid or not: RFC 8725 (JWT), RFC 9068 (JWT access tokens),
/// RFC 9700 (OAuth 2.0 security). A new rule is one line.
/// </summary>
internal static class TokenAdviser
{
    private const double LongestLife = 3600;
    private const int LargestHeader = 4096;
    private const int ModestRsa = 3072;

    private static readonly AdviceRule[] Rules =
    [
        new("NoAlgorithm", "RFC 8725, section 3.1", t => t.Algorithm.Equals("none", StringComparison.OrdinalIgnoreCase) || t.Algorithm.Length == 0 ? "Nothing protects this token: sign it." : null),
        new("SymmetricKey", "RFC 8725, section 3.5", t => t.Algorithm.StartsWith("HS", StringComparison.Ordinal) ? "Everybody who can verify this token can also make one: sign with a private key (ES256, PS256, RS256)." : null),
        new("WeakKey", "RFC 7518, sections 3.2 and 3.3", WeakKey),
        new("NoKeyId", "RFC 7515, section 4.1.4", t => t.Header.ContainsKey("kid") || t.Header.ContainsKey("x5t#S256") ? null : "Name the key (kid): without it keys cannot be rotated smoothly."),
        new("KeyInHeader", "RFC 8725, section 3.10", t => FirstOf(t.Header, "jwk", "jku", "x5u", "x5c") is { } name ? $"The header brings or points to a key ({name}): receivers that follow it can be deceived." : null),
        new("Compressed", "RFC 8725, section 3.6", t => t.Header.ContainsKey("zip") ? "Compression before encryption gives away what is inside: leave it out." : null),
        new("NoType", "RFC 8725, section 3.11", t => t.Header.ContainsKey("typ") ? null : $"Give the token a type{(t.IsAccess ? " (typ at+jwt)" : string.Empty)}, so that it cannot pass as another kind."),
        new("GenericType", "RFC 9068, section 2.1", t => t.Use == TokenUse.Access && IsPlainJwt(t) ? "An access token has the type at+jwt; JWT says nothing." : null),
        new("NoIssuer", "RFC 8725, section 3.8", t => t.Lacks("iss") ? "Name the issuer (iss), so that its keys and no others are used." : null),
        new("IssuerNotCompared", "RFC 8725, section 3.8", t => t.IsIssuerUnknown ? "Nobody said whose token this has to be, and whoever signs with these keys passes: add -Issuer, or -Authority." : null),
        new("InsecureIssuer", "RFC 8414, section 2", t => ClaimText.One(t.Claims, "iss")?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true ? "The issuer has an http address: its keys cannot be fetched safely." : null),
        new("NoAudience", "RFC 8725, section 3.9", t => t.Lacks("aud") ? "Name the audience (aud): without it the token works wherever this issuer is trusted." : null),
        new("ManyAudiences", "RFC 9700, section 2.3", t => t.IsAccess && t.Claims.TryGetValue("aud", out object? aud) && aud is object?[] { Length: > 1 } all ? $"The token is for {all.Length} audiences: each of them can use it at the others." : null),
        new("NoSubject", "RFC 9068, section 2.2", t => t.Lacks("sub") ? "Name the subject (sub), the client itself where no user takes part." : null),
        new("NoClient", "RFC 9068, section 2.2", t => t.Use == TokenUse.Access && TokenClaims.Client(t.Claims, t.Names) is null ? "Name the client (client_id) that the token was issued to." : null),
        new("NoExpiry", "RFC 9068, section 2.2", t => t.Lacks("exp") ? "Let the token expire (exp): a stolen one works for ever." : null),
        new("NoIssueTime", "RFC 9068, section 2.2", t => t.Lacks("iat") ? "Say when the token was issued (iat)." : null),
        new("NoTokenId", "RFC 9068, section 2.2", t => t.IsAccess && t.Lacks("jti") ? "Give each token an id (jti), so that one can be told from another and revoked." : null),
        new("LongLife", "RFC 6750, section 5.3", LongLife),
        new("NotBound", "RFC 9700, section 2.2.1", t => t.IsAccess && t.Lacks("cnf") ? "Whoever gets this token can use it: bind it to its client (DPoP or mutual TLS)." : null),
        new("BroadScope", "RFC 9700, section 2.3", BroadScope),
        new("SecretInClaims", "RFC 7519, section 12", t => SecretClaims.Find(t.Claims) is { } name ? $"Claim '{DisplayText.Text(name)}' looks like a secret: everybody who sees the token can read it." : null),
        new("PersonalData", "RFC 9068, section 6", t => t.IsAccess && FirstOf(t.Claims, "email", "phone_number", "address", "birthdate", "given_name", "family_name") is { } name ? $"Claim '{name}' tells the API about the person: put into an access token only what the API needs." : null),
        new("LargeToken", "RFC 6750, section 2.1", t => t.Size > LargestHeader ? $"{t.Size} bytes: many servers refuse headers of more than 8 KiB." : null),
    ];

    public static IReadOnlyList<TokenAdvice> Advise(ParsedToken token, ValidationContext context)
    {
        var subject = new AdviceSubject(token, context.KeySearch?.Key, context.Rules.ClaimNames) { IsIssuerUnknown = context.IsIssuerUnknown };
        var advice = new List<TokenAdvice>();
        foreach (AdviceRule rule in Rules)
        {
            if (rule.Find(subject) is { } found)
            {
                advice.Add(new TokenAdvice(rule.Name, found, rule.Reference));
            }
        }

        return advice;
    }

    private static string? WeakKey(AdviceSubject token) => token.Key switch
    {
        { Kind: KeyKind.Symmetric } key when SigningAlgorithm.Find(token.Algorithm) is { } algorithm && key.Bits < algorithm.SignatureBytes * 8 =>
            $"The secret has {key.Bits / 8} bytes, {algorithm.Name} needs {algorithm.SignatureBytes} random ones.",
        { Kind: KeyKind.Rsa, Bits: < ModestRsa } key => $"The RSA key has {key.Bits} bits: 2048 is the least that is allowed, {ModestRsa} or an EC key is what lasts.",
        _ => null,
    };

    private static string? LongLife(AdviceSubject token) =>
        token.IsAccess
        && NumericDate.ReadOptional(token.Claims, "exp") is { } end
        && (NumericDate.ReadOptional(token.Claims, "iat") ?? NumericDate.ReadOptional(token.Claims, "nbf")) is { } start
        && (end - start).TotalSeconds > LongestLife
            ? $"The token lives {DisplayText.Span(end - start)}: an hour or less, and a refresh token where longer is needed."
            : null;

    private static string? BroadScope(AdviceSubject token)
    {
        foreach (string scope in TokenClaims.Scopes(token.Claims, token.Names))
        {
            if (scope.Contains('*') || scope is "admin" or "all" or "full_access" or "root")
            {
                return $"Scope '{DisplayText.Text(scope)}' allows everything: issue tokens for what is needed.";
            }
        }

        return null;
    }

    private static bool IsPlainJwt(AdviceSubject token) => string.Equals(ClaimText.One(token.Header, "typ"), "JWT", StringComparison.OrdinalIgnoreCase);

    private static string? FirstOf(IReadOnlyDictionary<string, object?> members, params string[] names) =>
        Array.Find(names, members.ContainsKey);
}
