using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>What the server said of the token's kind: a refresh token is active too, and opens nothing. Servers that do not say leave it open.</summary>
internal sealed class ReplyUseCheck : ITokenCheck
{
    private static readonly string[] Places = ["token_use", "token_type", "typ", "type"];

    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        if (context.Claims is not { } claims)
        {
            return null;
        }

        TokenUse? said = null;
        string word = string.Empty;
        foreach (string place in Places)
        {
            if (ClaimText.One(claims, place) is not { } text)
            {
                continue;
            }

            if (IsRefresh(text))
            {
                return KindRules.Mismatch($"the server calls it '{DisplayText.Text(text)}'");
            }

            if (Kind(text) is { } use && (said is null || use != TokenUse.Access))
            {
                (said, word) = (use, text);
            }
        }

        TokenKind kind = TokenKind.ByContent(claims, context.Rules.ClaimNames);
        if (kind.IsForeign)
        {
            return KindRules.Mismatch($"{kind.Evidence} is neither an access nor an ID token");
        }

        // What the server calls it counts before what can be concluded, unless that is certain.
        if (said is { } told)
        {
            if (!Agrees(told, kind.Use))
            {
                return KindRules.Mismatch($"the server calls it '{DisplayText.Text(word)}', and {kind.Evidence} makes it something else");
            }

            kind = TokenKind.Said(told, $"that the server calls it '{DisplayText.Text(word)}'");
        }

        context.Use = kind.Use;
        return KindRules.Fault(kind, context.Rules.Use, claims);
    }

    private static bool Agrees(TokenUse told, TokenUse? found) => found is null || found == told || (told == TokenUse.Id && found == TokenUse.Access);

    private static bool IsRefresh(string said) => said.ToLowerInvariant() is "refresh" or "refresh_token" or "refreshtoken" or "offline";

    // A token type (RFC 6749, section 7.1) is how an access token is used.
    private static TokenUse? Kind(string said) => said.ToLowerInvariant() switch
    {
        "id" or "id_token" => TokenUse.Id,
        "logout" or "logout_token" => TokenUse.Logout,
        "access" or "access_token" or "bearer" or "dpop" => TokenUse.Access,
        _ => null,
    };
}
